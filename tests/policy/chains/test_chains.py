"""Chains: who can become administrator, over whom.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html
"""

from typing import Any

import pytest

from lambdas.model.state import ONLY, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.chains import chains
from lambdas.policy.chains.people import people
from tests.policy.account import ACCOUNT, policy, state, states, text
from tests.policy.cases import Case, cases

_MISSING = "missing"


def _state(name: str, held: dict[str, Any]) -> State:
    kind, _, short = name.partition(" ")
    parts = {"inline": {str(i): text([s]) for i, s in enumerate(held["identity"])}}
    parts["attached"] = {f"{ACCOUNT}:policy/{name}": name for name in held.get("managed", {})}
    if kind != "group":
        edge = held.get("boundary")
        parts["boundary"] = {} if edge is None else {ONLY: f"{ACCOUNT}:policy/{short}-edge"}
    if kind == "user":
        parts["groups"] = {group: group for group in held.get("groups", ())}
    if kind == "role":
        given = held["trust"]
        parts["trust"] = {ONLY: given if isinstance(given, str) else text(given)}
    arn = f"{ACCOUNT}:{kind}{held.get('path', '/')}{short}"
    return state(Subject(Kind(kind), short), arn, **parts)


def _account(case: Case) -> States:
    people_of = case["people"].items()
    edges = [
        policy(f"{ACCOUNT}:policy/{name.partition(' ')[2]}-edge", held["boundary"])
        for name, held in people_of
        if held.get("boundary", _MISSING) != _MISSING
    ]
    managed = [
        policy(f"{ACCOUNT}:policy/{name}", document)
        for _, held in people_of
        for name, document in held.get("managed", {}).items()
    ]
    return states(*(_state(name, held) for name, held in people_of), *edges, *managed)


@pytest.mark.parametrize("case", cases("chains"))
def test_chains(case: Case) -> None:
    found = chains([*people(_account(case))])
    told = {
        str(subject): [[str(each.certainty), *(hop.says for hop in each.hops)] for each in all_]
        for subject, all_ in found.items()
    }
    assert told == case["chains"]
    assert all(hop.because for all_ in found.values() for each in all_ for hop in each.hops)

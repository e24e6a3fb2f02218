"""Whoever draws on the same documents is judged once, unless a document singles somebody out."""

from typing import Any

import pytest

from lambdas.model.subject import Kind, Subject
from lambdas.policy.chains.people import Person, people
from tests.policy.account import ACCOUNT, policy, state, states

_SHARED = f"{ACCOUNT}:policy/shared"
_ATTACH = {"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "*"}


def _two(document: Any, *, inline: bool = False, read: bool = True) -> tuple[Person, Person]:
    """Alice and Bob, with the same policy attached to both."""
    attached = {_SHARED: "shared"}
    bobs = {"own": '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}'}
    alice, bob = (
        state(
            Subject(Kind.USER, name),
            attached=attached,
            inline=bobs if inline and name == "bob" else {},
            boundary={},
            **({"groups": {}} if read else {}),
        )
        for name in ("alice", "bob")
    )
    found = [*people(states(alice, bob, policy(_SHARED, document)))]
    assert [str(person.subject) for person in found] == ["user alice", "user bob"]
    return found[0], found[1]


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param("*", id="everything"),
        pytest.param(f"{ACCOUNT}:user/*", id="all users"),
        pytest.param(f"{ACCOUNT}:user/carol", id="somebody else"),
        pytest.param("arn:aws:s3:::bob/*", id="a bucket that is called like one of them"),
    ],
)
def test_they_are_judged_once(resource: str) -> None:
    alice, bob = _two([{**_ATTACH, "Resource": resource}])
    assert alice.judged is bob.judged


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param(f"{ACCOUNT}:user/bob", id="by its name"),
        pytest.param(f"{ACCOUNT}:user/team/bob", id="by its name, under a path"),
        pytest.param(f"{ACCOUNT}:user/b*", id="by a pattern"),
        pytest.param("arn:aws:*::*:*/b?b", id="by a pattern that leaves the service open"),
        pytest.param("*bob", id="by a pattern that is no ARN"),
        pytest.param("arn:aws:iam::*:user/${aws:username}", id="by a variable"),
    ],
)
def test_who_is_singled_out_is_judged_alone(resource: str) -> None:
    alice, bob = _two([{**_ATTACH, "Resource": resource}])
    assert alice.judged is not bob.judged


def test_a_condition_may_single_somebody_out() -> None:
    alice, bob = _two([{**_ATTACH, "Condition": {"StringEquals": {"aws:username": "bob"}}}])
    assert alice.judged is not bob.judged


def test_who_has_a_policy_of_its_own_is_judged_alone() -> None:
    alice, bob = _two([_ATTACH], inline=True)
    assert (len(alice.ways), len(bob.ways)) == (1, 0)


def test_what_was_not_read_is_told_of_each() -> None:
    alice, bob = _two([_ATTACH], read=False)
    told = [person.judged.power.problems[0].says for person in (alice, bob)]
    assert told == ["groups of user alice was not read", "groups of user bob was not read"]


def test_a_way_is_told_of_everybody_as_its_own() -> None:
    alice, bob = _two([_ATTACH])
    assert [way.on for way in (*alice.ways, *bob.ways)] == [alice.arn, bob.arn]


def test_a_policy_that_opens_no_way_does_not_set_its_holders_apart() -> None:
    reading = "arn:aws:iam::aws:policy/Reading"
    read = [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]
    alice, bob = (
        state(Subject(Kind.USER, name), attached=attached, inline={}, boundary={}, groups={})
        for name, attached in (
            ("alice", {_SHARED: "shared"}),
            ("bob", {_SHARED: "shared", reading: "reading"}),
        )
    )
    policies = (policy(_SHARED, [_ATTACH]), policy(reading, read))
    one, other = people(states(alice, bob, *policies))
    assert one.judged is other.judged

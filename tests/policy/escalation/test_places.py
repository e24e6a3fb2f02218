"""No way is missed that single requests, ruled one by one, would go.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdas.policy.document import parse
from lambdas.policy.escalation import all_ways
from lambdas.policy.power import Power, Source
from lambdas.policy.reaching import Policies
from lambdas.policy.request import Request
from lambdas.policy.ruling import Result, decide_request
from tests.policy.account import ACCOUNT, ADMIN, ALICE, power, text

KEYS = "iam:CreateAccessKey"
TARGETS = ("user/adm", "user/x/adm", "user/b", "role/adm", "role/x/app", "role/b")
"""Whom the rulings are about: none of them is the caller."""
WAYS = {
    "iam-002": ("user", (KEYS,)),
    "iam-012/updateassumerolepolicy": ("role", ("iam:UpdateAssumeRolePolicy",)),
    "iam-017": ("role", ("iam:PutRolePolicy", "sts:AssumeRole")),
    "iam-018": ("user", ("iam:PutUserPolicy", KEYS)),
    "sts-001": ("role", ("sts:AssumeRole",)),
}
"""Way -> the kind of its target, and what must be allowed on one of that kind."""
MANY = [f"{ACCOUNT}:{kind}/{name}" for kind in ("user", "role") for name in "abcdefghijklmnopq"]
"""More than are asked about one by one."""
RESOURCES = (
    st.sampled_from(["*", *(f"{ACCOUNT}:{target}" for target in TARGETS)])
    | st.sampled_from(
        ["user/a*", "role/?*", "*/b", "*/???", "role/*/*", "user/${aws:username}", "?ser/*"]
    ).map(lambda resource: f"{ACCOUNT}:{resource}")
    | st.sampled_from(["arn:aws:iam::*", "arn:*:*:*:*:user/${k:a}*", "arn:aws:iam::*:*/?*"])
)
ACTIONS = st.sampled_from(
    [KEYS, "iam:*", "*", "sts:*", "iam:Put*", "iam:C*", "iam:UpdateAssumeRolePolicy"]
)
CONDITIONS = st.sampled_from(["StringEquals", "StringNotEquals"]).map(
    lambda operator: {"Condition": {operator: {"k:a": "1"}}}
)


def _lists(name: str, of: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: of})


STATEMENTS = st.builds(
    lambda *parts: {key: value for part in parts for key, value in part.items()},
    _lists("Effect", st.sampled_from(["Allow", "Allow", "Allow", "Deny"])),
    _lists("Action", st.just(["*"]) | st.lists(ACTIONS, min_size=1, max_size=3))
    | _lists("NotAction", ACTIONS.filter("*".__ne__)),
    _lists("Resource", st.just(MANY) | st.lists(RESOURCES, min_size=1, max_size=2))
    | _lists("NotResource", st.lists(RESOURCES, min_size=1, max_size=6)),
    st.just({}) | st.just({}) | CONDITIONS,
)
SOURCES = st.lists(STATEMENTS, min_size=1, max_size=2).map(
    lambda statements: Source("drawn", parse(text(statements)))
)
EVERYTHING = Source("all", parse(text(ADMIN)))
LIMITS = st.just(EVERYTHING) | SOURCES
CONTEXTS = st.sampled_from([{}, {"k:a": "1"}, {"k:a": "2"}])


def _power(identity: Source, boundary: Source, limit: Source) -> Power:
    return replace(power(), identity=(identity,), boundary=boundary, scps=((limit,),))


def _allowed(held: Power, action: str, target: str, context: dict[str, Any]) -> bool:
    own = Policies(identity=held.identity, boundary=held.boundary, scps=held.scps)
    known = {**context, "aws:username": ALICE.name}
    asked = Request(action, f"{ACCOUNT}:{target}", f"{ACCOUNT}:user/alice", context=known)
    ruling = decide_request(asked, own)
    return ruling.result is Result.ALLOWED and not ruling.errors


@settings(max_examples=50)
@given(st.builds(_power, SOURCES, LIMITS, LIMITS), CONTEXTS)
def test_a_way_that_single_rulings_go_is_found(held: Power, context: dict[str, Any]) -> None:
    found = {way.path.id for way in all_ways(held)}
    for path, (kind, actions) in WAYS.items():
        goes = (
            all(_allowed(held, action, target, context) for action in actions)
            for target in TARGETS
            if target.startswith(kind)
        )
        assert path in found or not any(goes), path


DENY_ALL_BUT = {"Effect": "Deny", "Action": KEYS, "NotResource": f"{ACCOUNT}:user/adm"}


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        pytest.param([{**ADMIN[0], "Action": "s3:*"}], [], id="no keys"),
        pytest.param([{**ADMIN[0], "Resource": f"{ACCOUNT}:user/alice"}], [], id="its own keys"),
        pytest.param([{**ADMIN[0], "Resource": f"{ACCOUNT}:user/adm"}], ["iam-002"], id="of one"),
        pytest.param([*ADMIN, DENY_ALL_BUT], ["iam-002"], id="of whom a Deny leaves out"),
    ],
)
def test_what_a_service_control_policy_leaves(
    limit: list[dict[str, Any]], found: list[str]
) -> None:
    held = power([[{"Effect": "Allow", "Action": KEYS, "Resource": "*"}]])
    limited = replace(held, scps=((Source("SCP", parse(text(limit))),),))
    assert [way.path.id for way in all_ways(limited)] == found

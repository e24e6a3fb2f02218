"""What powers come to: the same as each judged by itself, and judged once for all alike."""

from typing import Any
from unittest.mock import patch

import pytest

from lambdas.model.state import States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.administrator import administrator
from lambdas.policy.escalation import ways
from lambdas.policy.evaluate import Answer
from lambdas.policy.power import Power, compose
from lambdas.rules import standing
from tests.policy.account import ACCOUNT, ADMIN, EDGE, policy, state, states, text

USERS = tuple(Subject(Kind.USER, name) for name in ("carol", "dave", "erin"))
SHARED = f"{ACCOUNT}:policy/shared"


def allow(action: Any, resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def home(name: str) -> list[Any]:
    return [allow("s3:GetObject", f"arn:aws:s3:::home-{name}/*")]


def powers(shared: list[Any], *, own: Any = home, bound: list[Any] | None = None) -> list[Power]:
    """Of users who all draw on one policy, each with a document of its own."""
    known = states(
        policy(SHARED, shared),
        policy(EDGE, bound or ADMIN),
        *(
            state(
                user,
                attached={SHARED: "shared"},
                inline={"own": text(own(user.name))},
                groups={},
                boundary={"": EDGE} if bound else {},
            )
            for user in USERS
        ),
    )
    return [compose(user, known) for user in USERS]


DENIED = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def denying_dave(name: str) -> list[Any]:
    return [DENIED] if name == "dave" else home(name)


def all_but_iam(_: str) -> list[Any]:
    return [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]


CASES = [
    pytest.param(powers([allow("s3:List*")]), id="little"),
    pytest.param(powers(ADMIN), id="everything"),
    pytest.param(powers(ADMIN, own=denying_dave), id="everything, and one is denied IAM"),
    pytest.param(powers([allow("*", Condition=MFA)]), id="everything under a condition"),
    pytest.param(powers(ADMIN, bound=[allow("s3:*")]), id="everything within a boundary"),
    pytest.param(powers([allow("iam:*")], own=all_but_iam), id="everything in two halves"),
    pytest.param(
        powers([allow("iam:PutUserPolicy", f"{ACCOUNT}:user/${{aws:username}}")]),
        id="whoever calls may write its own policies",
    ),
    pytest.param(powers([allow("iam:PutUserPolicy", f"{ACCOUNT}:user/dave")]), id="over one"),
    pytest.param(powers([allow("iam:CreateAccessKey")]), id="over all users"),
    pytest.param(powers([allow("iam:AttachUserPolicy")]), id="over all, and so itself"),
]


@pytest.mark.parametrize("found", CASES)
def test_everybody_is_judged_as_if_alone(found: list[Power]) -> None:
    for power in found:
        assert standing.rank(power).answer is administrator(power).answer
        assert standing.openings(power) == ways(power)


def test_what_only_allows_does_not_hide_why_somebody_is_administrator() -> None:
    for power in powers(ADMIN):
        assert standing.rank(power) == administrator(power)


@pytest.mark.parametrize(
    ("shared", "times"),
    [
        pytest.param([allow("iam:AttachUserPolicy", "*", Sid="Once")], 1, id="once for all alike"),
        pytest.param(
            [allow("iam:AttachUserPolicy", f"{ACCOUNT}:user/dave", Sid="Dave")],
            2,
            id="by itself who is singled out",
        ),
    ],
)
def test_ways_are_judged(shared: list[Any], times: int) -> None:
    with patch.object(standing, "ways", wraps=ways) as judged:
        for power in powers(shared):
            standing.openings(power)
    assert judged.call_count == times


def test_administrators_are_judged_once_whatever_else_they_are_allowed() -> None:
    shared = [allow("*", Sid="Everything")]
    with patch.object(standing, "administrator", wraps=administrator) as judged:
        answers = {standing.rank(power).answer for power in powers(shared)}
    assert (answers, judged.call_count) == ({Answer.ALLOWED}, 1)


def test_one_who_is_not_there_has_no_standing() -> None:
    gone = compose(USERS[0], States({}))
    assert (standing.rank(gone).answer, standing.openings(gone)) == (Answer.DENIED, ())

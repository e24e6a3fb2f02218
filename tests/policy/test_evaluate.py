"""Decisions. Each case names the page of the IAM user guide that its answer rests on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.evaluate import Answer, decide, decide_general, decide_some, regions
from tests.policy.account import ACCOUNT, power
from tests.policy.cases import Case, cases, policies

ROLES = "arn:aws:iam::123456789012:role/*"


@pytest.mark.parametrize("case", cases("decide"))
def test_one_resource(case: Case) -> None:
    decision = decide(power(**policies(case)), case["action"], case["resource"])
    assert str(decision.answer) == case["answer"]
    assert list(decision.because) == case.get("because", list(decision.because))
    assert list(decision.given) == case.get("given", [] if case["answer"] != "allowed if" else None)


@pytest.mark.parametrize("case", cases("some"))
def test_some_role(case: Case) -> None:
    decision = decide_some(power(**policies(case)), "iam:PutRolePolicy", ROLES)
    assert str(decision.answer) == case["answer"]


def test_a_decision_tells_four_statements_and_how_many_more() -> None:
    statement = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}
    decision = decide(power([[statement] * 6]), "s3:GetObject", "arn:aws:s3:::a/b")
    assert len(decision.because) == 5
    assert decision.because[-1] == "and 2 more"


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        pytest.param(["role/a", "user/b"], ("role/a",), id="only those that meet it"),
        pytest.param([f"role/team/{n}" for n in range(20)], ("role/team/*",), id="many as one"),
        pytest.param([f"role/{'x' * n}" for n in range(20)], ("role/*",), id="many as all"),
    ],
)
def test_regions(resources: list[str], expected: tuple[str, ...]) -> None:
    arns = [f"{ACCOUNT}:{resource}" for resource in resources]
    held = power([[{"Effect": "Allow", "Action": "iam:*", "Resource": arns}]])
    found = regions(held, "iam:PutRolePolicy", ROLES)
    assert found == tuple(f"{ACCOUNT}:{region}" for region in expected)


def _statement(effect: str, *, conditional: bool) -> st.SearchStrategy[dict[str, Any]]:
    actions = st.lists(
        st.sampled_from(["*", "iam:*", "IAM:Put*", "s3:*", "iam:PutRolePolicy", "s3:G?tObject"]),
        min_size=1,
        max_size=2,
    )
    resources = st.lists(
        st.sampled_from(["*", ROLES, "arn:aws:iam::*:role/a*", "arn:aws:s3:::*", "*/${a:b}"]),
        min_size=1,
        max_size=2,
    )
    conditions = {"Condition": st.just({"Bool": {"a:b": "true"}})} if conditional else {}
    return st.builds(
        lambda by_action, by_resource, body: {"Effect": effect, **by_action, **by_resource, **body},
        st.one_of(*(st.fixed_dictionaries({key: actions}) for key in ("Action", "NotAction"))),
        st.one_of(
            *(st.fixed_dictionaries({key: resources}) for key in ("Resource", "NotResource"))
        ),
        st.fixed_dictionaries({}, optional=conditions),
    )


ALLOWS = _statement("Allow", conditional=False)
DENIES = _statement("Deny", conditional=True)
STATEMENTS = st.lists(_statement("Allow", conditional=True) | DENIES, min_size=1, max_size=4)
QUESTIONS = (
    (decide, "iam:PutRolePolicy", "arn:aws:iam::123456789012:role/app"),
    (decide, "s3:GetObject", "arn:aws:s3:::a/b"),
    (decide_general, "iam:PutRolePolicy", ROLES),
    (decide_some, "iam:PutRolePolicy", ROLES),
)


def _answers(identity: list[Any], boundary: list[Any] | None = None) -> list[Answer]:
    held = power([identity], boundary=boundary)
    return [ask(held, action, resource).answer for ask, action, resource in QUESTIONS]


def _none_above(answers: list[Answer], others: list[Answer]) -> bool:
    return all(answer <= other for answer, other in zip(answers, others, strict=True))


@given(STATEMENTS, DENIES)
def test_a_deny_never_widens(statements: list[Any], deny: Any) -> None:
    assert _none_above(_answers([*statements, deny]), _answers(statements))


@given(STATEMENTS, ALLOWS)
def test_an_allow_without_condition_never_narrows(statements: list[Any], allow: Any) -> None:
    assert _none_above(_answers(statements), _answers([*statements, allow]))


@given(STATEMENTS, STATEMENTS)
def test_a_boundary_never_widens(statements: list[Any], boundary: list[Any]) -> None:
    assert _none_above(_answers(statements, boundary), _answers(statements))


@given(STATEMENTS)
def test_what_is_allowed_on_one_resource_is_allowed_on_some(statements: list[Any]) -> None:
    one, _, _, some = _answers(statements)
    assert one <= some

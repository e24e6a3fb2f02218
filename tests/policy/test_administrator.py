"""Administrators: by what their policies allow together, never by a policy's name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import pytest

from lambdas.policy.administrator import administrator
from tests.policy.account import ADMIN, power
from tests.policy.cases import Case, cases, policies


@pytest.mark.parametrize("case", cases("administrator"))
def test_administrator(case: Case) -> None:
    decision = administrator(power(**policies(case)))
    assert str(decision.answer) == case["answer"]
    assert bool(decision.because) == (case["answer"] != "denied")
    assert bool(decision.given) == (case["answer"] == "allowed if")


def test_the_causing_statement_is_named_once() -> None:
    named = 'inline policy "0" of user alice, statement 1 (Allow * on *)'
    assert administrator(power([ADMIN])).because == (named,)


def test_a_statement_that_adds_nothing_is_not_named() -> None:
    named = 'inline policy "1" of user alice, statement 1 (Allow * on *)'
    reading = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    assert administrator(power([[reading], ADMIN])).because == (named,)


def test_statements_that_add_up_are_all_named() -> None:
    rest = {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}
    identity = {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}
    assert len(administrator(power([[rest], [identity]])).because) == 2

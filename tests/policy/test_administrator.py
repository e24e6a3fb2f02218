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

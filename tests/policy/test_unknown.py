"""Requests of which the context is not known; what property tests say of them is in soundness.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import pytest

from lambdas.policy.unknown import decide_unknown
from tests.policy.cases import Case, cases
from tests.policy.requests import asked, policies


@pytest.mark.parametrize("case", cases("unknown"))
def test_decide_unknown(case: Case) -> None:
    found = decide_unknown(asked(case), policies(case))
    assert str(found.answer) == case["answer"]
    assert ([*found.because], [*found.given]) == (case["because"], case["given"])

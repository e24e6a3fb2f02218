"""Who gained a way to give itself more.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from typing import Any

import pytest

from lambdas.rules.gained_escalation import gained_escalation
from tests.policy.account import ALICE, account
from tests.rules.cases import case_of, cases, described, told


@pytest.mark.parametrize("case", cases("gained_escalation"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*gained_escalation(described(case))]) == case["findings"]


def test_a_finding_names_principal_cause_and_condition() -> None:
    allow = {
        "Sid": "Up",
        "Effect": "Allow",
        "Action": "iam:TagUser",
        "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": "true"}},
    }
    (found,) = gained_escalation(case_of(account(), account([[allow]]), ALICE))
    assert (found.rule, found.principal) == ("gained-escalation", ALICE)
    assert found.because == (
        'inline policy "0" of user alice, statement "Up" (Allow iam:TagUser on *)',
    )
    assert found.given == ("if Bool aws:SecureTransport true",)

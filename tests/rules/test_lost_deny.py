"""Statements that denied something and do not any more.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from typing import Any

import pytest

from lambdas.model.severity import Severity
from lambdas.rules.lost_deny import lost_deny
from tests.policy.account import ADMIN, ALICE, account, states
from tests.rules.cases import case_of, cases, described, told


@pytest.mark.parametrize("case", cases("lost_deny"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*lost_deny(described(case))]) == case["findings"]


def test_a_finding_names_principal_cause_and_condition() -> None:
    deny = {
        "Sid": "Office",
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}},
    }
    (found,) = lost_deny(case_of(account([[deny]]), account([ADMIN]), ALICE))
    assert (found.rule, found.principal) == ("lost-deny", ALICE)
    assert found.because == (
        'inline policy "0" of user alice, statement "Office" (Deny * on *), as it was before',
    )
    assert found.given == ("if NotIpAddress aws:SourceIp 10.0.0.0/8",)


def test_who_is_gone_has_lost_nothing_worth_telling() -> None:
    assert not [*lost_deny(case_of(account([ADMIN]), states(), ALICE))]


@pytest.mark.parametrize("wanted", ["Action", "NotAction"])
@pytest.mark.parametrize("now", ["Action", "NotAction"])
def test_of_long_lists_only_the_same_patterns_are_found_again(wanted: str, now: str) -> None:
    many, others = [f"s3:*{n}*" for n in range(1500)], [f"s3:?{n}?*" for n in range(1400)]
    deny = {"Effect": "Deny", wanted: many, "Resource": "*"}
    other = {"Effect": "Deny", now: others, "Resource": "*"}
    allow = {"Effect": "Allow", "Action": others, "Resource": "*"}
    before = account([[allow, deny]])
    assert not [*lost_deny(case_of(before, account([[allow], [deny]]), ALICE))]
    (found,) = lost_deny(case_of(before, account([[allow, other]]), ALICE))
    assert found.severity is Severity.HIGH

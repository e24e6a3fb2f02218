"""Permissions that asked for something and do not any more."""

from typing import Any

import pytest

from lambdas.rules.lost_condition import lost_condition
from tests.policy.account import ALICE, account, states
from tests.rules.cases import case_of, cases, described, told

OFFICE = {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


@pytest.mark.parametrize("case", cases("lost_condition"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*lost_condition(described(case))]) == case["findings"]


def test_a_finding_names_the_statement_that_asks_for_less_and_is_made_once() -> None:
    before = account([[{**READ, "Action": ["s3:GetObject", "s3:ListBucket"], "Condition": OFFICE}]])
    after = account([[{**READ, "Sid": "Open", "Action": ["s3:GetObject", "s3:ListBucket"]}]])
    (found,) = lost_condition(case_of(before, after, ALICE))
    assert found.because[0].startswith('inline policy "0" of user alice, statement "Open"')
    assert (found.rule, found.principal, found.given) == ("lost-condition", ALICE, ())


def test_who_is_gone_has_lost_nothing_worth_telling() -> None:
    before = account([[{**READ, "Condition": OFFICE}]])
    assert not [*lost_condition(case_of(before, states(), ALICE))]

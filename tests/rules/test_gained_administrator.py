"""Who became administrator.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
"""

from typing import Any

import pytest

from lambdas.rules.gained_administrator import gained_administrator
from tests.policy.account import ADMIN, ALICE, account
from tests.rules.cases import case_of, cases, described, told


@pytest.mark.parametrize("case", cases("gained_administrator"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*gained_administrator(described(case))]) == case["findings"]


def test_a_finding_names_principal_and_cause() -> None:
    (found,) = gained_administrator(case_of(account(), account([ADMIN]), ALICE))
    assert (found.rule, found.principal) == ("gained-administrator", ALICE)
    assert found.because == ('inline policy "0" of user alice, statement 1 (Allow * on *)',)

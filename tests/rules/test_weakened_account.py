from typing import Any

import pytest

from lambdas.rules.weakened_account import weakened_account
from tests.rules.cases import called, cases, told

FOUND = {case.id: case.values[0] for case in cases("weakened_account")}
BECAUSE = {
    "shorter passwords": ("MinimumPasswordLength is 8, and was 14",),
    "passwords that never expire": ("passwords expire after no number of days, and did after 90",),
    "passwords that expire later": ("passwords expire after 365 days, and did after 90",),
    "passwords without symbols": ("RequireSymbols is False, and was True",),
    "no password policy any more": (
        "MinimumPasswordLength is 8, and was 14",
        "PasswordReusePrevention is 0, and was 24",
        "RequireSymbols is False, and was True",
        "passwords expire after no number of days, and did after 90",
    ),
    "a region that nobody watches is enabled": (
        "trails and sign-ins there go unnoticed until it is listed under regions and deployed",
    ),
}


@pytest.mark.parametrize("case", cases("weakened_account"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*weakened_account(called(case))]) == case["findings"]


@pytest.mark.parametrize(("name", "because"), BECAUSE.items(), ids=BECAUSE)
def test_a_finding_names_what_is_not_asked_any_more(name: str, because: tuple[str, ...]) -> None:
    (found,) = weakened_account(called(FOUND[name]))
    assert (found.rule, found.because) == ("weakened-account", because)

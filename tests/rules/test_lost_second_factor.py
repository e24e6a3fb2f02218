"""Users who lost an MFA device.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import States
from lambdas.rules.lost_second_factor import lost_second_factor
from tests.policy.account import ALICE
from tests.rules.cases import called, cases, told

FOUND = {case.id: case.values[0] for case in cases("lost_second_factor")}
LAST = called(FOUND["the last device"])


@pytest.mark.parametrize("case", cases("lost_second_factor"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*lost_second_factor(called(case))]) == case["findings"]


def of(after: States) -> Finding:
    (found,) = lost_second_factor(replace(LAST, after=after))
    return found


def test_a_finding_names_whose_device_it_was() -> None:
    assert (of(LAST.after).rule, of(LAST.after).principal) == ("lost-second-factor", ALICE)


@pytest.mark.parametrize(
    ("after", "unsure"),
    [
        pytest.param(replace(LAST.after, problems=(Problem("x", Severity.LOW),)), "", id="a lag"),
        pytest.param(
            replace(LAST.after, problems=(Problem("throttled"),)),
            ", as far as could be read",
            id="a failed read",
        ),
        pytest.param(States({}), ", as far as could be read", id="a user who was not read"),
    ],
)
def test_what_could_not_be_read_is_said(after: States, unsure: str) -> None:
    found = of(after)
    assert found.says == f"user alice lost its last MFA device{unsure}"
    assert found.severity is Severity.HIGH

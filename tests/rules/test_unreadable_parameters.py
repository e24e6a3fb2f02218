"""Calls whose events hide what they did.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.rules.unreadable_parameters import unreadable_parameters
from tests.rules.cases import called, cases, told

FOUND = {case.id: case.values[0] for case in cases("unreadable_parameters")}
HIDDEN = called(FOUND["parameters that CloudTrail left out"])


@pytest.mark.parametrize("case", cases("unreadable_parameters"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*unreadable_parameters(called(case))]) == case["findings"]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"family": None}, id="a call that nobody watches"),
        pytest.param({"problems": ()}, id="nothing that is unknown"),
        pytest.param({"problems": (Problem("x", Severity.LOW),)}, id="a target of no concern"),
    ],
)
def test_quiet(changed: dict[str, Any]) -> None:
    case = replace(HIDDEN, change=replace(HIDDEN.change, **changed))
    assert not [*unreadable_parameters(case)]


def test_a_finding_names_the_trick_and_nobody() -> None:
    (found,) = unreadable_parameters(HIDDEN)
    assert (found.rule, found.principal) == ("unreadable-parameters", None)
    assert "padding" in found.because[0]

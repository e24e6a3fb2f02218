"""Principals whose boundary is gone or allows more.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.change import Edit
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, States
from lambdas.model.subject import Subject
from lambdas.rules.lost_boundary import lost_boundary
from lambdas.rules.rule import CannotJudgeError
from tests.policy.account import ACCOUNT, ADMIN, ALICE, APP, EDGE, account, state, states
from tests.rules.cases import UNKNOWN, case_of, cases, described, told


@pytest.mark.parametrize("case", cases("lost_boundary"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*lost_boundary(described(case))]) == case["findings"]


REMOVED = Edit(Part.BOUNDARY, ONLY, None)
OTHER = f"{ACCOUNT}:policy/other"


def bounded_by(arn: str) -> States:
    """Alice, bounded by a policy that was not read."""
    return states(state(ALICE, inline={}, attached={}, groups={}, boundary={ONLY: arn}))


def test_a_finding_names_principal_and_cause() -> None:
    (gone,) = lost_boundary(case_of(account(boundary=ADMIN), account(), ALICE))
    assert (gone.rule, gone.principal) == ("lost-boundary", ALICE)
    assert gone.because == (f"permissions boundary {EDGE} before",)
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    (wider,) = lost_boundary(case_of(account(boundary=[deny]), account(boundary=ADMIN), ALICE))
    says = f"managed policy {EDGE} (v1) as permissions boundary, statement 1 (Allow * on *)"
    assert wider.because == (says,)


def test_another_boundary_that_could_not_be_read_may_allow_more() -> None:
    (found,) = lost_boundary(case_of(account(boundary=ADMIN), bounded_by(OTHER), ALICE))
    assert (found.severity, str(found.certainty)) == (Severity.MEDIUM, "possible")
    assert found.because[1] == f"permissions boundary {OTHER} now"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(bounded_by(EDGE), account(boundary=ADMIN), id="not readable before"),
        pytest.param(account(boundary=ADMIN), states(), id="a user that is gone"),
    ],
)
def test_quiet(before: States, after: States) -> None:
    assert not [*lost_boundary(case_of(before, after, ALICE))]


def test_taken_away_without_knowing_what_it_was() -> None:
    case = case_of(UNKNOWN, account(), ALICE)
    removed = replace(case, change=replace(case.change, edits=(REMOVED,)))
    with pytest.raises(CannotJudgeError, match="that user alice had is not known"):
        [*lost_boundary(removed)]


@pytest.mark.parametrize("subject", [APP, None], ids=["another subject", "no subject"])
def test_taken_away_from_somebody_else(subject: Subject | None) -> None:
    case = case_of(UNKNOWN, account(), ALICE, subject=subject)
    assert not [*lost_boundary(replace(case, change=replace(case.change, edits=(REMOVED,))))]

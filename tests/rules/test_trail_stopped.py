"""Trails that stopped logging, or were deleted.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.case import Case
from lambdas.model.change import Lifecycle
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.rules.rule import CannotJudgeError
from lambdas.rules.trail_stopped import trail_stopped
from tests.policy.account import ALICE, account, state, states
from tests.rules.cases import UNKNOWN, case_of, cases, told

ARN = "arn:aws:cloudtrail:us-east-1:123456789012:trail/audit"
TRAIL = Subject(Kind.TRAIL, ARN)
LOGS = states(state(TRAIL, ARN, logging={ONLY: "true"}))
SILENT = states(state(TRAIL, ARN, logging={ONLY: "false"}))
UNREAD = states(state(TRAIL, ARN))


@pytest.mark.parametrize("case", cases("trail_stopped"))
def test_findings(case: dict[str, Any]) -> None:
    before = logging(case["before"]) if case["before"] else UNKNOWN
    found = (
        deleting(before)
        if case["after"] == "deleted"
        else case_of(before, logging(case["after"]), subject=TRAIL)
    )
    assert told([*trail_stopped(found)]) == case["findings"]


def logging(held: dict[str, str]) -> States:
    return states(state(TRAIL, ARN, logging={ONLY: held["logging"]}))


def deleting(before: States | Unknown, after: States | None = None) -> Case:
    case = case_of(before, after or states().without(TRAIL), subject=TRAIL)
    return replace(case, change=replace(case.change, lifecycle=Lifecycle.DELETED))


def test_a_trail_that_is_there_again_and_logs_is_quiet() -> None:
    assert not [*trail_stopped(deleting(LOGS, LOGS))]


def test_a_deleted_trail_is_told_of_in_words() -> None:
    [found] = trail_stopped(deleting(UNREAD))
    assert found.because == (f"{ARN} records nothing any more",)


@pytest.mark.parametrize("before", [UNKNOWN, SILENT], ids=["not known", "not logging"])
def test_nothing_is_said_where_nothing_is_known_of_logging(before: States | Unknown) -> None:
    assert not [*trail_stopped(case_of(before, UNREAD, subject=TRAIL))]


def test_a_new_trail_that_was_not_started_yet_is_quiet() -> None:
    assert not [*trail_stopped(case_of(states(), SILENT, subject=TRAIL))]


@pytest.mark.parametrize("subject", [None, ALICE], ids=["no subject", "a user"])
def test_other_subjects_are_not_this_rules_business(subject: Subject | None) -> None:
    assert not [*trail_stopped(case_of(account(), account(), subject=subject))]


@pytest.mark.parametrize(
    ("before", "says"),
    [
        pytest.param(LOGS, f"trail {ARN} no longer logs", id="it logged before"),
        pytest.param(UNREAD, f"trail {ARN} is not logging", id="not read before"),
        pytest.param(
            States({}, (Problem("the trail could not be read"),)),
            f"trail {ARN} is not logging",
            id="not readable before",
        ),
    ],
)
def test_stopped(before: States, says: str) -> None:
    (found,) = trail_stopped(case_of(before, SILENT, subject=TRAIL))
    assert (found.rule, found.severity, found.says) == ("trail-stopped", Severity.CRITICAL, says)
    assert found.because == (f"logging of {ARN} is switched off",)


@pytest.mark.parametrize("after", [UNREAD, states()], ids=["its logging", "the trail"])
def test_what_was_not_read_cannot_be_judged(after: States) -> None:
    with pytest.raises(CannotJudgeError, match="could not be read"):
        [*trail_stopped(case_of(LOGS, after, subject=TRAIL))]

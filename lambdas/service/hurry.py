"""Hurry: how long judging may take, because people wait for the alert and functions time out."""

from datetime import timedelta

from lambdas.model.case import Case
from lambdas.rules.judging import InTime, OutOfTimeError, findings
from lambdas.service.ports import Clock
from lambdas.service.respond import calls_for_undo

TO_JUDGE = timedelta(seconds=20)
"""For the verdict, and for what an undo itself would give: a third of what a function has."""
TO_ATTRIBUTE = timedelta(seconds=8)
"""For the question whether what was found comes from the change."""
TO_COMPARE = timedelta(seconds=5)
"""For what is said of gains and losses beside the findings."""


def within(patience: timedelta, clock: Clock) -> InTime:
    """Whether that much time has not passed since now."""
    end = clock.now() + patience
    return lambda: clock.now() < end


def may_be_grave(case: Case, in_time: InTime) -> bool:
    """Whether a case calls for an undo, or there was no time to judge all whom it reaches.

    The first finding that does decides. To take a change for the cause is the safe side: its undo
    takes away what the change itself did and no more, and is refused where that might give anybody
    anything. To take it for harmless would leave an attack in force.
    """
    try:
        return any(calls_for_undo(finding) for finding in findings(case, in_time))
    except OutOfTimeError:
        return True

"""Rules: the type of one, and what all that compare powers share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.state import States, Unknown
from lambdas.model.subject import Subject
from lambdas.policy.power import Power, compose

Rule = Callable[[Case], Iterable[Finding]]
"""What holds after a case's change and did not hold before it; raises where it cannot judge."""


class CannotJudgeError(Exception):
    """A rule lacks what it needs to judge a case; the message says what."""


@dataclass(frozen=True, slots=True)
class Powers:
    """One principal's power before and after.

    ``was`` is all that is known of the power before, None where that is nothing or there was no
    such principal; ``before`` is what the one after is compared with, None where it is not fully
    known: compared with a power with anything unreadable in it, a gain could be missed.
    """

    principal: Subject
    was: Power | None
    before: Power | None
    after: Power

    @property
    def now(self) -> str:
        """What a sentence says of a gain: "is now", or "is" where before is not known."""
        return "is" if self.before is None else "is now"


def powers(case: Case) -> tuple[Powers, ...]:
    """The powers of every affected principal, composed once a case."""
    if powers not in case.kept:
        case.kept[powers] = tuple(_powers(principal, case) for principal in case.affected)
    found: tuple[Powers, ...] = case.kept[powers]
    return found


def _powers(principal: Subject, case: Case) -> Powers:
    was = _was(principal, case.before)
    before = _nothing(principal, case.before) if was is None else was
    known = None if before is None or before.problems else before
    return Powers(principal, was, known, compose(principal, case.after))


def _was(principal: Subject, before: States | Unknown) -> Power | None:
    if isinstance(before, Unknown) or before.of(principal) is None:
        return None
    return compose(principal, before)


def _nothing(principal: Subject, before: States | Unknown) -> Power | None:
    """The power of one that did not exist; None where that is not sure."""
    absent = not isinstance(before, Unknown) and not before.problems
    return Power(subject=principal) if absent else None

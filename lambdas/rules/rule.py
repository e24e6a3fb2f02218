"""Rules: the type of one, and what all that compare powers share."""

from collections.abc import Callable, Iterable, Iterator
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
    """One principal's power before and after; ``before`` is None where it is not fully known."""

    principal: Subject
    before: Power | None
    after: Power

    @property
    def now(self) -> str:
        """What a sentence says of a gain: "is now", or "is" where before is not known."""
        return "is" if self.before is None else "is now"


def powers(case: Case) -> Iterator[Powers]:
    """The powers of every affected principal."""
    for principal in case.affected:
        yield Powers(principal, former(principal, case.before), compose(principal, case.after))


def former(principal: Subject, before: States | Unknown) -> Power | None:
    """The power before: none where the principal did not exist, None where it is not known.

    A power with anything unreadable in it is not known: compared with it, a gain could be missed.
    """
    if isinstance(before, Unknown):
        return None
    if before.of(principal) is None and not before.problems:
        return Power(subject=principal)
    power = compose(principal, before)
    return None if power.problems else power

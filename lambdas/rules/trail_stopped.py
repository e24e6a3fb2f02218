"""A trail stopped logging: the account is losing its memory."""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.state import Part, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.rules.rule import CannotJudgeError

_STOPPED = "false"


def trail_stopped(case: Case) -> Iterator[Finding]:
    """A trail that does not log after the change, and did before or may have.

    Raises:
        CannotJudgeError: whether the trail logs now could not be read.
    """
    trail = case.change.subject
    if trail is None or trail.kind is not Kind.TRAIL:
        return
    after = _logging(trail, case.after)
    if after is None:
        raise CannotJudgeError(f"whether {trail} is logging could not be read")
    if after == _STOPPED and (known := _was_logging(trail, case.before)) is not False:
        yield Finding(
            rule="trail-stopped",
            says=f"{trail} {'no longer logs' if known else 'is not logging'}",
            severity=Severity.CRITICAL,
            because=(f"logging of {trail.name} is switched off",),
        )


def _logging(trail: Subject, states: States) -> str | None:
    state = states.of(trail)
    return state.value(Part.LOGGING) if state else None


def _was_logging(trail: Subject, before: States | Unknown) -> bool | None:
    """Whether it logged before; None where that is not known. A trail that was not did not log."""
    if isinstance(before, Unknown):
        return None
    if before.of(trail) is None and not before.problems:
        return False
    value = _logging(trail, before)
    return None if value is None else value != _STOPPED

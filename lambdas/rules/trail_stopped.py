"""A trail stopped logging or was deleted: the account is losing its memory.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html
"""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.change import Lifecycle
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.state import Part, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.rules.rule import CannotJudgeError

_STOPPED = "false"


def trail_stopped(case: Case) -> Iterator[Finding]:
    """A trail that does not log after the change, or is no more, and logged before or may have.

    Raises:
        CannotJudgeError: whether the trail logs now could not be read, and it may have logged.
    """
    trail = case.change.subject
    if trail is None or trail.kind is not Kind.TRAIL:
        return
    known, after = _was_logging(trail, case.before), _logging(trail, case.after)
    if known is False:
        return
    if case.change.lifecycle is Lifecycle.DELETED and case.after.of(trail) is None:
        yield _finding(trail, "was deleted", f"{trail.name} records nothing any more")
    elif after == _STOPPED:
        says = "no longer logs" if known else "is not logging"
        yield _finding(trail, says, f"logging of {trail.name} is switched off")
    elif after is None and not isinstance(case.before, Unknown):
        raise CannotJudgeError(f"whether {trail} is logging could not be read")


def _finding(trail: Subject, says: str, because: str) -> Finding:
    return Finding(
        rule="trail-stopped",
        says=f"{trail} {says}",
        severity=Severity.CRITICAL,
        because=(because,),
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

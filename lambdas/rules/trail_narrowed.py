"""A trail records less than before, or what it records is not kept as it was.

EventBridge hears of a change only while a trail records it. Whether another trail of the account
still does is not known here, so that makes nothing less grave.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
"""

from collections.abc import Callable, Iterator, Mapping

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, State, Unknown
from lambdas.model.subject import Kind
from lambdas.rules.keeping import needs_former, unkept
from lambdas.rules.loss import Loss
from lambdas.rules.recording import recorded, unexamined, unrecorded
from lambdas.rules.rule import CannotJudgeError

Values = Mapping[str, str]


def trail_narrowed(case: Case) -> Iterator[Finding]:
    """Whatever a trail does not record or protect any more.

    Where before is not known, what the call itself set is judged by itself.

    Raises:
        CannotJudgeError: the selectors look like none, or a setting was changed of which only the
            former value says what that means.
    """
    trail = case.change.subject
    now = case.after.of(trail) if trail and trail.kind is Kind.TRAIL else None
    if now is None or _is_new(case, now):
        return
    found = tuple(_found(case, now))
    if not found and (key := _unjudged(case)) is not None:
        raise CannotJudgeError(f"what {key} of {trail} was before is not known")
    yield from found


def _found(case: Case, now: State) -> Iterator[Finding]:
    for part, losses in _LOSSES.items():
        former, held = _former(case, part), now.parts.get(part)
        if held is not None and (former is not None or _edited(case, part)):
            for loss in _read(losses, case, former, held):
                yield _finding(now, loss, known=former is not None)


def _finding(now: State, loss: Loss, *, known: bool) -> Finding:
    return Finding(
        rule="trail-narrowed",
        says=f"{now.subject} does not {loss.what}{' any more' if known else ''}",
        severity=loss.severity,
        because=loss.because,
    )


def _is_new(case: Case, now: State) -> bool:
    """Whether there was no such trail, which then cannot have recorded more."""
    if isinstance(case.before, Unknown) or case.before.problems:
        return False
    return case.before.of(now.subject) is None


def _former(case: Case, part: Part) -> Values | None:
    """What a part held before; None where that is not known."""
    if isinstance(case.before, Unknown) or case.change.subject is None:
        return None
    state = case.before.of(case.change.subject)
    return state.parts.get(part) if state else None


def _edited(case: Case, part: Part) -> frozenset[str]:
    return frozenset(edit.key for edit in case.change.edits if edit.part is part)


def _unjudged(case: Case) -> str | None:
    settings = _former(case, Part.SETTINGS)
    return needs_former(_edited(case, Part.SETTINGS)) if settings is None else None


def _settings(case: Case, former: Values | None, now: Values) -> Iterator[Loss]:
    """Of all settings, or where they may not have been read of those that the call set."""
    keys = _edited(case, Part.SETTINGS)
    if former is not None and not case.after.problems:
        keys = keys.union(former, now)
    return unkept(former, now, keys, case.change.account)


def _selectors(_: Case, former: Values | None, now: Values) -> Iterator[Loss]:
    return unrecorded(None if former is None else recorded(former), recorded(now))


def _insights(_: Case, former: Values | None, now: Values) -> Iterator[Loss]:
    if former is not None:
        yield from unexamined(former.get(ONLY), now.get(ONLY))
    elif not now:
        yield Loss(Severity.MEDIUM, "look for unusual activity", ("it has no insight selectors",))


Losses = Callable[[Case, Values | None, Values], Iterator[Loss]]

_LOSSES: Mapping[Part, Losses] = {
    Part.SELECTORS: _selectors,
    Part.SETTINGS: _settings,
    Part.INSIGHTS: _insights,
}
"""A part of a trail -> what is lost between two values of it; the former is None if not known."""


def _read(losses: Losses, case: Case, former: Values | None, now: Values) -> tuple[Loss, ...]:
    try:
        return tuple(losses(case, former, now))
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        trail = case.change.subject
        raise CannotJudgeError(f"the selectors of {trail} look like none: {error!r}") from error

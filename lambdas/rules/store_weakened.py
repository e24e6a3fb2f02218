"""An event data store takes in less, keeps it less well, or lets somebody else read or change it.

EventBridge hears nothing of what a store takes in, so none of this makes Snapback deaf: what is
lost is what people can look up later.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-event-data-store.html
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lambdas.model.case import Case
from lambdas.model.change import Lifecycle
from lambdas.model.finding import Certainty, Finding
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, State, Unknown
from lambdas.model.subject import Kind
from lambdas.rules.loss import Loss
from lambdas.rules.recording import recorded, unrecorded
from lambdas.rules.rule import CannotJudgeError

Values = Mapping[str, str]
_FALSE = "false"
_RETENTION = "RetentionPeriod"
_OFF = {
    "TerminationProtectionEnabled": "stand protected from being deleted",
    "MultiRegionEnabled": "take in events of other regions",
    "OrganizationEnabled": "take in events of the organisation's other accounts",
}
"""A setting -> what the store does not do when it is off."""


def store_weakened(case: Case) -> Iterator[Finding]:
    """Whatever an event data store does not do any more.

    Where before is not known, what the call itself set is judged by itself.

    Raises:
        CannotJudgeError: the selectors look like none, or only the former value says what a new
            one means.
    """
    store = case.change.subject
    if store is None or store.kind is not Kind.EVENT_DATA_STORE:
        return
    now = case.after.of(store)
    if case.change.lifecycle is Lifecycle.DELETED and now is None:
        says = "was deleted: after seven days nothing brings back what it holds"
        yield _finding(case, Severity.CRITICAL, says, ("it waits for its deletion",))
    if now is None or case.change.lifecycle is not None:
        return
    for part, losses in _LOSSES.items():
        former, held = _former(case, part), now.parts.get(part)
        if held is not None and (former is not None or _edited(case, part)):
            for loss in _read(losses, case, former, held):
                still = " any more" if former is not None else ""
                yield _finding(case, loss.severity, f"does not {loss.what}{still}", loss.because)


def _finding(case: Case, severity: Severity, says: str, because: tuple[str, ...]) -> Finding:
    return Finding(
        rule="store-weakened",
        says=f"{case.change.subject} {says}",
        severity=severity,
        certainty=Certainty.CERTAIN,
        because=because,
    )


def _former(case: Case, part: Part) -> Values | None:
    """What a part held before; None where that is not known."""
    if isinstance(case.before, Unknown) or case.change.subject is None:
        return None
    state: State | None = case.before.of(case.change.subject)
    return state.parts.get(part) if state else None


def _edited(case: Case, part: Part) -> frozenset[str]:
    return frozenset(edit.key for edit in case.change.edits if edit.part is part)


def _ingestion(_: Case, former: Values | None, now: Values) -> Iterator[Loss]:
    if now.get(ONLY) == _FALSE and (former or {}).get(ONLY) != _FALSE:
        yield Loss(Severity.HIGH, "take in events", ("its ingestion was stopped",))


def _settings(case: Case, former: Values | None, now: Values) -> Iterator[Loss]:
    keys = _edited(case, Part.SETTINGS) if former is None else frozenset(now)
    for key in sorted(keys & _OFF.keys()):
        if now.get(key) == _FALSE and (former or {}).get(key) != _FALSE:
            yield Loss(Severity.HIGH, _OFF[key], (f"{key} is false",))
    yield from _retention(former, now, asked=_RETENTION in keys)
    yield from _key(former, now)


def _retention(former: Values | None, now: Values, *, asked: bool) -> Iterator[Loss]:
    """What is older than the new period is deleted at once."""
    days = now.get(_RETENTION)
    if former is None and asked:
        raise CannotJudgeError(f"what {_RETENTION} was before is not known, and is {days} now")
    was = (former or {}).get(_RETENTION)
    if was is not None and days is not None and int(days) < int(was):
        yield Loss(Severity.HIGH, f"keep events for {was} days", (f"{_RETENTION} is {days}",))


def _key(former: Values | None, now: Values) -> Iterator[Loss]:
    """Whoever has the key can make everything unreadable."""
    was, held = (former or {}).get("KmsKeyId"), now.get("KmsKeyId")
    if former is not None and was != held:
        yield Loss(Severity.MEDIUM, "encrypt with the same key", (f"KmsKeyId is {held}",))


def _selectors(_: Case, former: Values | None, now: Values) -> Iterator[Loss]:
    for loss in unrecorded(None if former is None else recorded(former), recorded(now)):
        yield replace(loss, severity=min(loss.severity, Severity.HIGH))


def _configuration(_: Case, former: Values | None, now: Values) -> Iterator[Loss]:
    """A context key that is not added to events any more."""
    lost = _context(former or {}) - _context(now)
    if lost:
        what = f"add to its events: {', '.join(sorted(lost))}"
        yield Loss(Severity.MEDIUM, what, ("no context key selector names it",))


def _context(held: Values) -> frozenset[str]:
    return frozenset(
        f"{each['Type']} {key}"
        for each in json.loads(held.get("ContextKeySelectors", "[]"))
        for key in each["Equals"]
    )


Losses = Callable[[Case, Values | None, Values], Iterator[Loss]]
_LOSSES: Mapping[Part, Losses] = {
    Part.LOGGING: _ingestion,
    Part.SETTINGS: _settings,
    Part.SELECTORS: _selectors,
    Part.EVENT_CONFIGURATION: _configuration,
}
"""A part of a store -> what is lost between two values of it; the former is None if not known."""


def _read(losses: Losses, case: Case, former: Values | None, now: Values) -> tuple[Loss, ...]:
    try:
        return tuple(losses(case, former, now))
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        store = case.change.subject
        raise CannotJudgeError(f"the settings of {store} look like none: {error!r}") from error

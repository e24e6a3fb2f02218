"""The past: which state of a subject counts as the one before a change."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from lambdas.model.change import Change, Lifecycle
from lambdas.model.state import State, Unknown
from lambdas.model.subject import BY_ARN, Kind, Subject
from lambdas.service.ports import Reading, Records, UnreadableItemError

RESOLUTION = timedelta(seconds=1)
"""An event's time has no fractions: within its second, what came first is not said."""
CONSISTENT = timedelta(seconds=5)
"""After this long a read of IAM shows a change: it takes about 3 s.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html
"""
_NEXT = timedelta(microseconds=1)


def before(change: Change, reading: Reading, records: Records) -> State | Unknown | None:
    """The state of a change's subject before it, by unique id; None where there was no subject.

    It is the newest one from the event's own second that does not show the change: whatever was
    known then came first. Where there is none it is the newest from before that second, even if
    that shows the change already.
    """
    if change.lifecycle is Lifecycle.CREATED or change.subject is None:
        return None
    unique_id = _unique_id(change.subject, reading)
    if unique_id is None and change.lifecycle is Lifecycle.DELETED:
        unique_id = _deleted_id(change.subject, records)
    try:
        within = records.within(unique_id, change.at, change.at + RESOLUTION)
        former = next((each for each in within if _shows_no(change, each)), None)
    except UnreadableItemError as error:
        return Unknown(str(error))
    return _named(change, former or records.before(unique_id, change.at))


def fixed(change: Change, former: State) -> State:
    """What a change made of the state before it, as of the event's own time.

    Where that state is from the event's own second it comes next to it.
    """
    as_of = max(change.at, former.as_of + _NEXT)
    return replace(change.applied_to(former), as_of=as_of)


def _shows_no(change: Change, state: State) -> bool:
    """Whether a state is one without the change; nobody is known after having been deleted."""
    return change.lifecycle is not Lifecycle.DELETED and not change.shown_by(state)


def remember(states: Iterable[State], records: Records) -> None:
    """Add states to the histories, but none of a subject of which an undo is pending.

    It may hold what is about to be undone, and the next attack would look as if it had been there.
    """
    pending = records.pending()
    records.remember([state for state in states if state.unique_id not in pending])


def _unique_id(subject: Subject, reading: Reading) -> str | None:
    """Where it is the ARN, it is known even when the subject is gone."""
    return subject.name if subject.kind in BY_ARN else reading.unique_id(subject)


def _deleted_id(subject: Subject, records: Records) -> str | None:
    """Who had the name: of what can be made again, that must be known when it is gone."""
    return records.id_of(subject) if subject.kind is Kind.INSTANCE_PROFILE else None


def _named(change: Change, state: State | Unknown) -> State | Unknown:
    """The state under the name that its subject has now: a rename keeps the unique id."""
    if isinstance(state, Unknown) or change.subject is None:
        return state
    return replace(state, subject=change.subject)

"""The past: which state of a subject counts as the one before a change."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from lambdas.model.change import Change, Lifecycle
from lambdas.model.state import State, Unknown
from lambdas.model.subject import BY_ARN, Kind, Subject
from lambdas.service.ports import Reading, Records

RESOLUTION = timedelta(seconds=1)
"""An event's time has no fractions: within its second, what came first is not said."""


def before(change: Change, reading: Reading, records: Records) -> State | Unknown | None:
    """The state of a change's subject before it, by unique id; None where there was no subject.

    It is the newest one that was read before the event's second. Where there is none, or it shows
    the change already, and one from the event's own second does not, the change came after that
    one: somebody took the value away and it was set again, as whoever repeats an undone attack
    does.
    """
    if change.lifecycle is Lifecycle.CREATED or change.subject is None:
        return None
    unique_id = _unique_id(change.subject, reading)
    if unique_id is None and change.lifecycle is Lifecycle.DELETED:
        unique_id = _deleted_id(change.subject, records)
    former = _named(change, records.before(unique_id, change.at))
    if isinstance(former, State) and not change.shown_by(former):
        return former
    later = _named(change, records.before(unique_id, change.at + RESOLUTION))
    return later if isinstance(later, State) and not change.shown_by(later) else former


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

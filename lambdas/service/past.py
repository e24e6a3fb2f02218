"""The past: which state of a subject counts as the one before a change."""

from datetime import timedelta

from lambdas.model.change import Change
from lambdas.model.state import State, Unknown
from lambdas.service.ports import Records

RESOLUTION = timedelta(seconds=1)
"""An event's time has no fractions: within its second, what came first is not said."""


def before(change: Change, unique_id: str | None, records: Records) -> State | Unknown:
    """The state of a change's subject before it, by unique id.

    It is the newest one that was read before the event's second. Where there is none, or it shows
    the change already, and one from the event's own second does not, the change came after that
    one: somebody took the value away and it was set again, as whoever repeats an undone attack
    does.
    """
    former = records.before(unique_id, change.at)
    if isinstance(former, State) and not change.shown_by(former):
        return former
    later = records.before(unique_id, change.at + RESOLUTION)
    return later if isinstance(later, State) and not change.shown_by(later) else former

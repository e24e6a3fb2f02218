"""Leaving: which states of its subject a change left, for the history."""

from collections.abc import Iterator

from lambdas.model.change import Change, Lifecycle
from lambdas.model.state import Part, State, States
from lambdas.model.subject import PARTS
from lambdas.service.observe import Observed, born
from lambdas.service.past import CONSISTENT, RESOLUTION, fixed


def left(observed: Observed) -> Iterator[State]:
    """What the change made of the state before it, and the state that was read if it shows it.

    The former counts as of the event's own time: whoever sets the value back before the event is
    handled has changed something, too, and of two changes within a second the second one finds
    what the first one left. So does what a call made, before anything was added to it.
    """
    change, live = observed.change, observed.live
    if change.lifecycle is Lifecycle.DELETED or change.subject is None:
        return
    if change.subject.kind in PARTS and not change.readable:
        return
    made = None
    if change.lifecycle is Lifecycle.CREATED and live is not None:
        made = born(change, live)
        yield made
    elif isinstance(observed.before, States):
        former = observed.before.of(change.subject)
        if former is not None and _can_be(after := fixed(change, former)):
            yield after
    if live is not None and live is not made and _counts(live, change):
        yield live


def _counts(live: State, change: Change) -> bool:
    """Whether what was read is what came after the change, and no read that lags behind it.

    Of two changes within a second the event of the first one may be handled last: then what is read
    seconds later shows the other one.
    """
    return change.shown_by(live) or live.as_of >= change.at + RESOLUTION + CONSISTENT


def _can_be(state: State) -> bool:
    """Whether a state is possible: nobody can delete a policy's default version.

    Where one seems to be deleted, another one was chosen before, and that event is on its way.
    """
    default = state.value(Part.DEFAULT)
    return default is None or default in state.parts.get(Part.VERSIONS, {default: ""})

"""In force: what of a change the account still shows, edit by edit, and what came in its place."""

from dataclasses import dataclass, replace

from lambdas.calls import CATALOG
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.incident import Ending
from lambdas.model.state import Part, State, States


@dataclass(frozen=True, slots=True)
class InForce:
    """A change's edits, compared with the state before and the live one.

    ``left`` are those that still stand and changed something; ``overwritten`` those under whose key
    there is neither what the change wrote nor what was there before. ``back`` are as before again.
    """

    left: tuple[Edit, ...]
    overwritten: tuple[Edit, ...]
    back: tuple[Edit, ...]

    @property
    def whole(self) -> bool:
        """Whether everything that the change did still stands."""
        return not (self.overwritten or self.back)


def in_force(change: Change, former: State, live: State) -> InForce:
    """What of a change still stands, and what somebody has written over it since."""
    moved = [edit for edit in change.edits if not edit.shown_by(former)]
    back = tuple(edit for edit in moved if _value(edit, live) == _value(edit, former))
    left = tuple(edit for edit in moved if edit.shown_by(live))
    return InForce(left, tuple(edit for edit in moved if edit not in (*left, *back)), back)


def _value(edit: Edit, state: State) -> str | None:
    return state.value(edit.part, edit.key)


def rewritten(change: Change, edits: tuple[Edit, ...], live: State) -> Change:
    """The change as if it had written what somebody else has put under its keys since."""
    now = (replace(edit, value=_value(edit, live), fresh=False) for edit in edits)
    return replace(change, edits=tuple(now))


def mended(change: Change, former: State | None, states: States) -> bool:
    """Whether the account shows what the undo of a change is to bring about."""
    if change.lifecycle is Lifecycle.CREATED:
        return change.subject in states.absent
    live = states.of(change.subject) if change.subject else None
    if live is None or former is None or change.unread_in(live):
        return False
    if change.lifecycle is Lifecycle.DELETED:
        return CATALOG[change.source, change.name].revert(change, former, live) == ()
    if contains(change):
        return not change.shown_by(live)
    return all(_is_back(edit, former, live) for edit in change.edits)


def _is_back(edit: Edit, former: State, live: State) -> bool:
    """Whether what was there before is there again.

    A default version that was deleted since can only be so under another number, by its text.
    """
    was, now = _value(edit, former), _value(edit, live)
    if was == now or edit.part is not Part.DEFAULT or was is None or now is None:
        return was == now
    texts = former.value(Part.VERSIONS, was), live.value(Part.VERSIONS, now)
    return was not in live.parts.get(Part.VERSIONS, {was: ""}) and texts[0] == texts[1] is not None


def success(change: Change) -> Ending:
    """How an undo ends that ends well."""
    return Ending.CONTAINED if contains(change) else Ending.RESTORED


def says_mended(change: Change) -> str:
    """The same in a sentence."""
    if contains(change):
        return f"what the change gave to {change.subject} does not work any more"
    if change.lifecycle is Lifecycle.CREATED:
        return f"{change.subject} does not exist, as before the change"
    return f"{change.subject} is as it was before the change"


def contains(change: Change) -> bool:
    """Whether the change's undo ends its effect and brings nothing back."""
    return CATALOG[change.source, change.name].contains

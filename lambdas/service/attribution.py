"""Attribution: whether a change itself did what was found, and not another one beside it."""

from collections.abc import Callable

from lambdas.model.change import Change
from lambdas.model.state import State, States, Unknown

Grave = Callable[[States, States], bool]
"""Whether going from the one to the other gives somebody what calls for an undo."""


def attributed(change: Change, before: States | Unknown, after: States, grave: Grave) -> bool:
    """Whether what was found comes from this change.

    Several changes may lie between two states, and only those that gave something are undone: the
    Deny that somebody puts on an attacker's user must outlive the attack. A change gave it if it
    does so alone on what was there before, or if taking it alone from what is there now ends it.
    """
    former, live = _states(change, before, after)
    if isinstance(before, Unknown) or former is None or live is None:
        return True
    alone, without = change.applied_to(former), taken_back(change, former, live)
    if live.parts == alone.parts:
        return True
    return grave(before, before.having(alone)) or grave(after.having(without), after)


def taken_back(change: Change, former: State, live: State) -> State:
    """The live state with what this change edited as it was before."""
    for edit in change.edits:
        live = live.edited(edit.part, edit.key, former.value(edit.part, edit.key))
    return live


def _states(
    change: Change, before: States | Unknown, after: States
) -> tuple[State | None, State | None]:
    if change.subject is None or isinstance(before, Unknown):
        return None, None
    return before.of(change.subject), after.of(change.subject)

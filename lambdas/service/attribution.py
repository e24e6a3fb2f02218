"""Attribution: whether a change itself did what was found, and not another one beside it."""

from collections.abc import Callable

from lambdas.model.change import Change, Lifecycle
from lambdas.model.state import States, Unknown
from lambdas.service.observe import born

Grave = Callable[[States, States], bool]
"""Whether going from the one to the other gives somebody what calls for an undo."""


def attributed(change: Change, before: States | Unknown, after: States, grave: Grave) -> bool:
    """Whether what was found comes from this change.

    Several changes may lie between two states, and only those that gave something are undone: the
    Deny that somebody puts on an attacker's user must outlive the attack. A change gave it if it
    does so alone on what was there before, or if taking it alone from what is there now ends it.
    Of what it made, only what it held from the start is its doing.
    """
    if isinstance(before, Unknown):
        return not change.fresh or grave(change.taken_back_in(after, None), after)
    former, live = (each.of(change.subject) if change.subject else None for each in (before, after))
    if change.lifecycle is Lifecycle.CREATED and live is not None:
        return grave(before, before.having(born(change, live)))
    if former is None or live is None:
        return True
    if live.parts == change.applied_to(former).parts:
        return True
    alone, without = change.applied_in(before, former), change.taken_back_in(after, former)
    return grave(before, alone) or grave(without, after)

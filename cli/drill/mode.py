"""Modes: what the catalogue promises of a call's undo."""

from enum import StrEnum

from lambdas.calls.watched import WatchedCall, nothing


class Mode(StrEnum):
    """How an attack by a call is meant to end."""

    AUTOMATIC = "automatic"
    """Undone to an equal state, unless a stated reason leaves it to a person."""
    MANUAL = "manual"
    """A person starts the plan, which brings back an equal state."""
    CONTAIN = "contain"
    """Its effect ends; what was there before does not come back."""
    NONE = "none"
    """No call takes it back, for a reason in words."""


def mode(entry: WatchedCall) -> Mode:
    """The mode of a catalogue's entry."""
    if entry.irreversible is not None or _without_calls(entry):
        return Mode.NONE
    if entry.contains:
        return Mode.CONTAIN
    return Mode.MANUAL if entry.manual else Mode.AUTOMATIC


def _without_calls(entry: WatchedCall) -> bool:
    return entry.restore is nothing and entry.together is None and entry.rebuild is None

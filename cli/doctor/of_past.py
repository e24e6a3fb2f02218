"""The checks of what Snapback remembers: the last sweep, the histories, and a pause."""

from datetime import timedelta

from cli.doctor.examined import Examined
from lambdas.service.checking import Found

_SWEPT = timedelta(hours=2)
"""It runs each hour."""
_SEEN = timedelta(hours=3)
_BASELINE = ("snapback baseline",)


def sweep(examined: Examined) -> Found:
    """Whether the whole account was read of late."""
    last = examined.records.last_sweep()
    if last is None:
        says = "no sweep has read the whole account yet, so nothing from before a change is known"
        return Found(says, _BASELINE, ("sweep",))
    ago = f"the whole account was last read {_minutes(examined.now - last)} minutes ago"
    if examined.now - last <= _SWEPT:
        return Found(ago)
    look = "look into the log of the function Sweep: it runs each hour"
    return Found(ago, (*_BASELINE, look), ("sweep",))


def histories(examined: Examined) -> Found:
    """Whether it is known of everybody what he had of late.

    A subject without a moment of its own was read anew by the last sweep itself.
    """
    sighted = examined.records.sighted()
    subjects = {name: at for name, at in sighted.items() if not name.startswith("kind ")}
    if not subjects:
        return Found("the histories are empty", _BASELINE, ("histories",))
    last = examined.records.last_sweep()
    old = [
        name
        for name, at in subjects.items()
        if (seen := at or last) is None or examined.now - seen > _SEEN
    ]
    if old:
        says = f"of {len(old)} of {len(subjects)} subjects the last known state is hours old"
        return Found(says, _BASELINE, ("histories",))
    known = [at for at in subjects.values() if at is not None]
    age = _minutes(examined.now - min(known)) if known else 0
    return Found(f"{len(subjects)} histories, none seen longer than {age} minutes ago")


def undoing(examined: Examined) -> Found:
    """Whether undoing is paused: a pause that somebody forgot is a gap."""
    pause = examined.decisions.paused()
    if pause is None or pause.until <= examined.now:
        return Found("undoing is not paused")
    says = f"{pause.by} paused all undoing until {pause.until:%Y-%m-%d %H:%M} UTC"
    return Found(says, ("snapback resume",), ("paused",))


def _minutes(age: timedelta) -> int:
    return int(age / timedelta(minutes=1))

"""Durations: how long, as people write it."""

import re
from datetime import timedelta

_SHAPE = re.compile(r"([1-9][0-9]{0,5})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: str) -> int:
    """The seconds that a text such as 90s, 30m, 2h or 7d spells.

    Raises:
        ValueError: it spells none.
    """
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no duration; allowed are such as 90s, 30m, 2h or 7d")
    return int(timedelta(**{_UNITS[found[2]]: int(found[1])}).total_seconds())

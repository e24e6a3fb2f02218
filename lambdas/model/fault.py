"""Faults: what the watch clock has found wrong and has not seen end yet."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault that lasts, by the name of its check.

    ``incident`` is what it is recorded as, ``parts`` what people were told is faulty, and
    ``told`` when they last were; before they are, None and empty.
    """

    name: str
    since: datetime
    told: datetime | None = None
    incident: str | None = None
    parts: tuple[str, ...] = ()

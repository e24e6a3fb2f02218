"""Checks: one question about Snapback's own health, answered for people and for the clock."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """What a check found; what could not be found out is never taken for well."""

    OK = "ok"
    FAULT = "fault"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check with its answer.

    ``says`` is one sentence, ``why`` says what a fault here means, ``mend`` are the commands or
    steps that end it. ``parts`` are the names of what is faulty, as far as they have names: a fault
    that spreads to another part is news, one that stays is not.
    """

    name: str
    state: Health
    says: str
    why: str
    mend: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

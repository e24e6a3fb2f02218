"""The canary: a harmless change, made daily, that must come back as an event.

It sets one tag of a policy that allows nothing and that nobody has. IAM's calls travel from
CloudTrail to EventBridge in one way, whatever they change: where this one arrives, an attack does,
too. The tag's value is the moment at which the canary flew: nothing else can be hidden in it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

TAG = "snapback:canary"


@dataclass(frozen=True, slots=True)
class Canary:
    """The policy that is tagged, and the role by whose sessions: both are ARNs."""

    tagged: str
    by: str


def spelled(moment: datetime) -> str:
    """A moment as the tag's value."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def flown(value: str | None) -> datetime | None:
    """The moment that a tag's value spells; None where it spells none, or spells it otherwise."""
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return moment if moment.tzinfo and spelled(moment) == value else None

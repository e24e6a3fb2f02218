"""Recorded events: files of CloudTrail records or EventBridge events, one JSON object a line."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NAMES = ("eventSource", "eventName")
_TEXTS = ("source", "account", "region", "detail-type")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event as it was recorded: a bare CloudTrail record or a whole EventBridge event."""

    line: int
    event: Mapping[str, Any]

    @property
    def is_envelope(self) -> bool:
        """Whether it is an EventBridge event, which holds the record under ``detail``."""
        return "detail" in self.event and "detail-type" in self.event


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that holds no event, and why."""

    line: int
    reason: str


def read(path: Path) -> Iterator[Recorded | Unreadable]:
    """The events of a file of JSON lines; a line may hold its event under the key ``event``.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _parsed(number, line)


def _parsed(number: int, line: bytes) -> Recorded | Unreadable:
    try:
        held = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unreadable(number, f"not JSON: {error}")
    event = held.get("event", held) if isinstance(held, dict) else held
    if not isinstance(event, dict):
        return Unreadable(number, "no JSON object, nor one under the key event")
    recorded = Recorded(number, event)
    reason = _no_envelope(event) if recorded.is_envelope else _no_record(event)
    return Unreadable(number, reason) if reason else recorded


def _no_envelope(event: Mapping[str, Any]) -> str | None:
    """What the bus cannot even look at; whatever else is wrong is the watches' to find."""
    wrong = [key for key in _TEXTS if not isinstance(event.get(key, ""), str)]
    return f"an EventBridge event whose {wrong[0]} is no text" if wrong else None


def _no_record(event: Mapping[str, Any]) -> str | None:
    if any(key in event for key in _NAMES):
        return None
    return (
        "a JSON object that is no event: it has neither eventSource nor eventName, as CloudTrail "
        "records have, nor detail and detail-type, as EventBridge events have"
    )

"""Recorded events: files of records or EventBridge events, as JSON lines or as `Records`."""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast

import ijson

_PEEK = 4096
"""Bytes in which a file shows what it is."""
_RECORDS = re.compile(rb'\s*\{\s*"Records"\s*:')
"""How a file begins that CloudTrail delivers.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
"""
_GZIP = b"\x1f\x8b"
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error)

Told = Callable[[int], object]
"""Is told how many bytes of the file have been read, packed ones where it is packed."""

_NAMES = ("eventSource", "eventName")
_TEXTS = ("source", "account", "region", "detail-type")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event as it was recorded: a bare CloudTrail record or a whole EventBridge event.

    ``line`` is its line in the file, or its place in ``Records``, from 1. ``held`` is all that the
    line holds, which is more than the event where that stands under the key ``event``.
    """

    line: int
    event: Mapping[str, Any]
    held: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_envelope(self) -> bool:
        """Whether it is an EventBridge event, which holds the record under ``detail``."""
        return "detail" in self.event and "detail-type" in self.event


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that holds no event, and why."""

    line: int
    reason: str


def read(path: Path, told: Told = lambda _: None) -> Iterator[Recorded | Unreadable]:
    """The events of a file, one at a time; whether it is packed with gzip, it says itself.

    JSON lines, each of which may hold its event under the key ``event``; or one JSON object with
    ``Records``, as CloudTrail delivers it. Where a packed file or ``Records`` break off, what came
    before is given all the same.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as raw:
        packed = raw.peek(2)[:2] == _GZIP
        # A GzipFile is a BufferedIOBase in all that is used here; typeshed asks for RawIOBase.
        file = BufferedReader(cast("Any", gzip.GzipFile(fileobj=raw))) if packed else raw
        line = 0
        try:
            for found in _records(file) if _RECORDS.match(file.peek(_PEEK)) else _lines(file):
                line = found.line
                yield found
                told(raw.tell())
        except _BROKEN as error:
            yield Unreadable(line + 1, f"the gzip file breaks off: {error}")


def _lines(lines: IO[bytes]) -> Iterator[Recorded | Unreadable]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parsed(number, line)


def _records(file: IO[bytes]) -> Iterator[Recorded | Unreadable]:
    number = 0
    try:
        for number, record in enumerate(ijson.items(file, "Records.item", use_float=True), 1):
            yield _held(number, record)
    except (ijson.JSONError, ValueError) as error:
        yield Unreadable(number + 1, f"not JSON: {' '.join(str(error).split())}")


def _parsed(number: int, line: bytes) -> Recorded | Unreadable:
    try:
        held = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unreadable(number, f"not JSON: {error}")
    return _held(number, held)


def _held(number: int, held: object) -> Recorded | Unreadable:
    event = held.get("event", held) if isinstance(held, dict) else held
    if not isinstance(held, dict) or not isinstance(event, dict):
        return Unreadable(number, "no JSON object, nor one under the key event")
    recorded = Recorded(number, event, held)
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

"""Located events: those of many files, each with its place and as EventBridge would hand it on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cli.files import files
from cli.recorded import Recorded, Unreadable, read

_UNNAMED = "unknown"
"""The account of a record that names none; an event on a bus always names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """An EventBridge event, the file and line that it is from, and what it is counted under."""

    file: str
    line: int
    kin: str
    event: Mapping[str, Any]

    @property
    def record(self) -> Mapping[str, Any]:
        """The CloudTrail record; empty where there is none."""
        detail = self.event.get("detail")
        return detail if isinstance(detail, Mapping) else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who is told of what could not be read, with file and line, and of progress in bytes."""

    mistake: Callable[[str], object]
    progress: Callable[[int, int], object] = lambda _done, _whole: None


def located(paths: Sequence[Path], by: str | None, listener: Listener) -> Iterator[Located]:
    """The events of all files that are named or lie in a named folder, one at a time.

    ``by`` is the key of a line, or of its record, whose value an event is counted under.
    """
    found, missing = files(paths)
    for reason in missing:
        listener.mistake(reason)
    sizes = [path.stat().st_size for path in found]
    for number, path in enumerate(found):
        told = partial(_told, listener, sum(sizes[:number]), sum(sizes))
        try:
            for each in read(path, told):
                if isinstance(each, Unreadable):
                    listener.mistake(f"{path}, line {each.line}: {each.reason}")
                else:
                    yield _located(path, each, by)
        except OSError as error:
            listener.mistake(f"{path}: {error.strerror or error}")


def _told(listener: Listener, before: int, whole: int, at: int) -> None:
    listener.progress(before + at, whole)


def _located(path: Path, found: Recorded, by: str | None) -> Located:
    event = found.event if found.is_envelope else _wrapped(path, found)
    detail = event.get("detail")
    record = detail if isinstance(detail, Mapping) else {}
    kin = "" if by is None else str(found.held.get(by, record.get(by)))
    return Located(file=str(path), line=found.line, kin=kin, event=event)


def _wrapped(path: Path, found: Recorded) -> Mapping[str, Any]:
    """The event that carries a bare record; what old records lack is taken from the envelope."""
    identity = found.event.get("userIdentity")
    account = identity.get("accountId") if isinstance(identity, Mapping) else None
    return {
        "id": f"{path}#{found.line}",
        "account": account or _UNNAMED,
        "detail": found.event,
    }

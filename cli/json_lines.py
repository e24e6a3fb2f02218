"""JSON lines of a command: one by one, from a file or from standard input."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lambdas.policy.document import DocumentError
from lambdas.policy.reading import loaded, shown


class LineError(ValueError):
    """A line is not what the command reads; the message says why."""


def lines(path: Path | None) -> Iterator[tuple[int, str]]:
    """The lines that hold anything, with their numbers.

    Bytes that are no UTF-8 stay as what no JSON may hold, so that reading the line tells them.

    Raises:
        OSError: the file cannot be read.
    """
    if path is None:
        yield from _held(sys.stdin.buffer)
    else:
        with path.open("rb") as file:
            yield from _held(file)


def line_object(text: str) -> dict[str, Any]:
    """The JSON object that a line holds.

    Raises:
        LineError: it holds none.
    """
    try:
        line = loaded(text)
    except DocumentError as error:
        raise LineError(str(error)) from None
    if not isinstance(line, dict):
        raise LineError(f"the line is {shown(line)}, not an object")
    return line


def _held(given: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(given, 1):
        if line.strip():
            yield number, line.decode(errors="surrogateescape")

"""JSON lines for `snapback assess`: read one by one, from a file or from standard input."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from cli.assess_line import Given, LineError, given

Read = tuple[int, Given | LineError]
"""The line's number, and what it gives or why it gives nothing."""


def read(path: Path | None) -> Iterator[Read]:
    """The lines that hold anything.

    Raises:
        OSError: the file cannot be read.
    """
    if path is None:
        yield from _read(sys.stdin.buffer)
    else:
        with path.open("rb") as file:
            yield from _read(file)


def _read(lines: Iterable[bytes]) -> Iterator[Read]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                # bytes that are no UTF-8 are told by what reads the text
                yield number, given(line.decode(errors="surrogateescape"))
            except LineError as error:
                yield number, error

"""`snapback assess`: who is administrator by its policies, and which ways up they open."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from cli.assess_line import LineError, given
from cli.assessed import Assessed


def run(path: Path | None, out: TextIO, *, as_text: bool) -> bool:
    """Judge each line of a file, or of standard input; whether all could be read.

    Raises:
        OSError: the file cannot be read.
    """
    good = True
    for number, line in _lines(path):
        try:
            read = given(line)
            found = Assessed.of(read.id, read.powers, read.unknown, read.errors)
            told = "\n".join(found.as_text()) if as_text else json.dumps(found.as_json())
        except LineError as error:
            good = False
            told = _mistake(number, error, as_text=as_text)
        out.write(f"{told}\n")
    return good


def _lines(path: Path | None) -> Iterator[tuple[int, str]]:
    """The lines that hold anything; bytes that are no UTF-8 are told where they are read."""
    if path is None:
        yield from _held(line.decode(errors="surrogateescape") for line in sys.stdin.buffer)
    else:
        with path.open("rb") as file:
            yield from _held(line.decode(errors="surrogateescape") for line in file)


def _held(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _mistake(number: int, error: LineError, *, as_text: bool) -> str:
    told: dict[str, Any] = {"line": number, "error": str(error)}
    return f"line {number}: {error}" if as_text else json.dumps(told)

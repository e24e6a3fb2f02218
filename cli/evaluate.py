"""`snapback evaluate`: what AWS would say to requests, by the policies beside them."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from cli.evaluate_line import Given, LineError, given
from lambdas.policy.ruling import decide_request


def run(path: Path | None, out: TextIO) -> bool:
    """Decide each line of a file, or of standard input; whether all could be read.

    Raises:
        OSError: the file cannot be read.
    """
    good = True
    for number, line in _lines(path):
        try:
            told = decided(given(line))
        except LineError as error:
            good = False
            told = {"line": number, "error": str(error)}
        out.write(f"{json.dumps(told)}\n")
    return good


def decided(asked: Given) -> dict[str, object]:
    """The ruling on one line, as it is printed."""
    ruling = decide_request(asked.request, asked.policies)
    return {
        "id": asked.id,
        "decision": str(ruling.result),
        "because": list(ruling.because),
        "errors": [*asked.errors, *ruling.errors],
    }


def _lines(path: Path | None) -> Iterator[tuple[int, str]]:
    """The lines that hold anything; bytes that are no UTF-8 are told where they are read."""
    if path is None:
        yield from _held(sys.stdin.buffer)
    else:
        with path.open("rb") as file:
            yield from _held(file)


def _held(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, line.decode(errors="surrogateescape")

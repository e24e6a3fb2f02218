"""JSON lines for `snapback assess`: read one by one, from a file or from standard input."""

from collections.abc import Iterator
from pathlib import Path

from cli.assess_line import Given, given
from cli.json_lines import LineError, lines

Read = tuple[int, Given | LineError]
"""The line's number, and what it gives or why it gives nothing."""


def read(path: Path | None) -> Iterator[Read]:
    """The lines that hold anything.

    Raises:
        OSError: the file cannot be read.
    """
    for number, text in lines(path):
        try:
            yield number, given(text)
        except LineError as error:
            yield number, error

"""`snapback evaluate`: what AWS would say to requests, by the policies beside them."""

import json
from pathlib import Path
from typing import TextIO

from cli.evaluate_line import Given, given
from cli.json_lines import LineError, lines
from lambdas.policy.ruling import decide_request


def run(path: Path | None, out: TextIO) -> bool:
    """Decide each line of a file, or of standard input; whether all could be read.

    Raises:
        OSError: the file cannot be read.
    """
    good = True
    for number, line in lines(path):
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

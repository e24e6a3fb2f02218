"""The page of watched calls, docs/calls.md, written from the catalogue."""

import sys
from pathlib import Path

from lambdas.calls import CATALOG

PAGE = Path(__file__).parents[1] / "docs" / "calls.md"
_OPENING = """# Watched calls

Written by `make table` from the catalogue; a test fails while it is out of date. A call that is
undone by nothing is told of, and its mail says why.

| call | family | undone by | seen in |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = (
        f"| {call.action} | {call.family} | "
        f"{', '.join(permission.action for permission in call.permissions)} | {call.scope} |\n"
        for call in CATALOG.values()
    )
    return _OPENING + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{len(CATALOG)} calls written to {PAGE}\n")

"""The README's table of watched calls, written from the catalogue."""

import sys
from pathlib import Path

from lambdas.calls import CATALOG

README = Path(__file__).parents[1] / "README.md"
_BEGIN = "<!-- catalogue: written by `make table` -->\n"
_END = "<!-- /catalogue -->\n"


def table() -> str:
    """The catalogue as a Markdown table."""
    rows = (
        f"| {call.action} | {call.family} | "
        f"{', '.join(permission.action for permission in call.permissions)} | {call.scope} |\n"
        for call in CATALOG.values()
    )
    return "| call | family | undone by | seen in |\n|---|---|---|---|\n" + "".join(rows)


def written(readme: str) -> str:
    """The README with the table as it must be.

    Raises:
        ValueError: the README has lost its marks.
    """
    before, begin, rest = readme.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"README.md lacks the marks {_BEGIN!r} and {_END!r}")
    return before + _BEGIN + table() + _END + after


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{len(CATALOG)} calls written to {README.name}\n")

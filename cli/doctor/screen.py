"""The screen: every check with its state, and beneath it why it matters and what mends it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.foreign import plain
from lambdas.model.check import Check, Health

_MARKS = {Health.OK: ("ok", "green"), Health.FAULT: ("FAULT", "bold red")}
_UNKNOWN = ("unknown", "bold yellow")


def show(checks: Iterable[Check], console: Console) -> None:
    """Print one row for each check; where it is not well, why it matters and what to run."""
    found = [*checks]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column("check", no_wrap=True)
    table.add_column("what was found", ratio=1, overflow="fold")
    for check in found:
        mark, style = _MARKS.get(check.state, _UNKNOWN)
        table.add_row(Text(mark, style), plain(check.name), _told(check))
    console.print(table)
    console.print(plain(summary(found)))


def is_well(checks: Iterable[Check]) -> bool:
    """Whether every check found that all is well; what is not known is not well."""
    return all(check.state is Health.OK for check in checks)


def summary(checks: Iterable[Check]) -> str:
    """How many are well, in one line."""
    found = [*checks]
    counted = Counter(check.state for check in found)
    if is_well(found):
        return f"All is well: {counted[Health.OK]} checks."
    faults, unknown = counted[Health.FAULT], counted[Health.UNKNOWN]
    return f"{faults} faults, {unknown} unknown, {counted[Health.OK]} well."


def as_json(check: Check) -> Mapping[str, Any]:
    """The one object that `--json` prints of a check."""
    return {
        "name": check.name,
        "state": str(check.state),
        "says": check.says,
        "why": check.why,
        "mend": [*check.mend],
        "parts": [*check.parts],
    }


def _told(check: Check) -> Text:
    if check.state is Health.OK:
        return plain(check.says)
    lines = [plain(check.says), plain(f"why: {check.why}", "dim")]
    lines += [plain(f"mend: {each}", "cyan") for each in check.mend]
    return Text("\n").join(lines)

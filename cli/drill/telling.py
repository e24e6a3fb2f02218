"""Telling: what `snapback drill` prints for people."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.drill.drilled import Drilled
from cli.drill.fault import Fault
from cli.drill.faults import Faulted
from cli.drill.mode import Mode
from cli.foreign import plain


def tell(drilled: Sequence[Drilled], console: Console) -> None:
    """Print the calls by family, the totals by mode, and what did not end as promised."""
    table = Table("call", "verdict", "mails", "mode", "outcome", "equal", "as promised")
    for family, calls in groupby(sorted(drilled, key=_family), key=_family):
        table.add_section()
        table.add_row(plain(family, "bold"))
        for each in calls:
            table.add_row(*_row(each))
    console.print(table)
    for line in totals(drilled):
        console.print(line)
    for each in drilled:
        if not each.kept:
            why = "; ".join(each.failures) or each.reason or "no reason was stated"
            console.print(Text.assemble((f"{each.call}: ", "bold red"), plain(why)))


def tell_faults(faulted: Sequence[Faulted], console: Console) -> None:
    """Print a row for each step and a column for each fault: where the incident ended."""
    table = Table("step", "call", *map(str, Fault))
    for step, each in groupby(faulted, key=lambda it: it.step):
        ended = {it.fault: it for it in each}
        cells = (_cell(ended.get(fault)) for fault in Fault)
        table.add_row(step.name, plain(step.call), *cells)
    console.print(table)


def _cell(faulted: Faulted | None) -> Text:
    if faulted is None:
        return plain("-")
    return plain(faulted.ended, "" if faulted.good else "bold red")


def totals(drilled: Sequence[Drilled]) -> Iterator[str]:
    """How many were seen, mailed and ended how, by mode."""
    seen, mailed = sum(it.seen for it in drilled), sum(it.mailed > 0 for it in drilled)
    yield f"{len(drilled)} calls: {seen} seen, {mailed} mailed"
    for mode in Mode:
        calls = [each for each in drilled if each.mode is mode]
        if calls:
            equal, kept = (sum(it.equal for it in calls), sum(it.kept for it in calls))
            yield f"{mode}: {len(calls)} calls, {equal} to an equal state, {kept} as promised"


def _family(drilled: Drilled) -> str:
    return drilled.family


def _row(each: Drilled) -> Iterator[Text]:
    yield plain(f"  {each.call}")
    yield plain(str(each.verdict) if each.verdict is not None else "not seen")
    yield plain(str(each.mailed))
    yield plain(str(each.mode))
    yield plain(each.outcome or "-")
    yield plain("yes" if each.equal else "no")
    yield plain("yes", "green") if each.kept else plain("NO", "bold red")

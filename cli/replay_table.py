"""What a replay shows people: what would have been mailed and undone, and counts of the rest."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.replayed import Fate, Replayed, Tally
from lambdas.model.incident import Incident
from lambdas.model.revert import Irreversible
from lambdas.service.wording import shown, what

MOST_ROWS = 200
"""Rows of the table: a person reads no more, and memory must not grow with a log."""
_MOST_REASONS = 40
_LONGEST = 2_000
"""Characters of one text that an event holds."""


class Shown:
    """The changes that would have been mailed, up to a number of rows."""

    def __init__(self) -> None:
        self._left_out = 0
        self._calls: list[tuple[int, str]] = []
        self._table = Table(
            "no.",
            "when (UTC)",
            "what, by whom, and where it is from",
            "why it matters",
            "what would have been undone",
            title="What would have been mailed",
            show_lines=True,
        )

    def add(self, replayed: Replayed) -> None:
        """Show a change if it would have been mailed."""
        incident = replayed.incident
        if incident is None or replayed.fate not in (Fate.UNDONE, Fate.ALERTED):
            return
        if self._table.row_count >= MOST_ROWS:
            self._left_out += 1
            return
        number = self._table.row_count + 1
        self._table.add_row(*map(Text, (str(number), *_row(replayed, incident))))
        self._calls.extend((number, call) for call in replayed.plan)

    def tell(self, console: Console) -> None:
        """Print them."""
        if self._left_out:
            self._table.caption = f"and {self._left_out} more: --json prints them all"
        if self._table.row_count:
            console.print(self._table)
        else:
            console.print("Nobody would have been mailed.")
        if self._calls:
            console.print("Calls that would have been made, by number:")
        for number, call in self._calls:
            console.print(f"{number:4}  {call}", markup=False, highlight=False, soft_wrap=True)


def _row(replayed: Replayed, incident: Incident) -> tuple[str, str, str, str]:
    change, located = incident.change, replayed.located
    return (
        f"{change.at:%Y-%m-%d %H:%M:%S}",
        f"{what(change)}\nby {shown(str(change.actor))}\n{located.file}, line {located.line}",
        "\n".join((str(incident.verdict.severity).upper(), *_reasons(incident))),
        _undo(incident),
    )


def _reasons(incident: Incident) -> list[str]:
    verdict = incident.verdict
    findings = [_printable(finding.says) for finding in verdict.findings]
    return findings or [_printable(problem.says) for problem in verdict.problems]


def _undo(incident: Incident) -> str:
    if not incident.undoes or isinstance(incident.revert, Irreversible):
        return f"nothing: {_printable(incident.held or '')}"
    return "\n".join(call.action for call in incident.revert)


def _printable(text: str) -> str:
    """A text that an event holds, without what a terminal obeys."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[:_LONGEST])


def tell_counts(tally: Tally, console: Console) -> None:
    """Print how many events ended in which way, and why."""
    table = Table("what would have become of them", "events", title=f"{tally.events} events")
    for fate in Fate:
        table.add_row(str(fate), str(tally.fates[fate]))
        for reason, number in _why(fate, tally):
            table.add_row(Text(f"  {reason}"), str(number))
    console.print(table)


def _why(fate: Fate, tally: Tally) -> list[tuple[str, int]]:
    reasons = {Fate.IGNORED: tally.ignored, Fate.RECORDED: tally.recorded}.get(fate)
    if reasons is None:
        return []
    most = [(_printable(reason), number) for reason, number in reasons.most_common(_MOST_REASONS)]
    rest = reasons.total() - sum(number for _, number in most)
    return [*most, ("other reasons", rest)] if rest else most


def tell_kins(tally: Tally, by: str, console: Console) -> None:
    """Print the same counts for each value of a key."""
    table = Table(_printable(by), *map(str, Fate), title=f"By {_printable(by)}")
    for kin, fates in sorted(tally.kins.items()):
        table.add_row(Text(_printable(kin)), *(str(fates[fate]) for fate in Fate))
    console.print(table)

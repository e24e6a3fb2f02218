"""Counts: what became of the events of a file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.foreign import plain
from cli.recorded import Unreadable


@dataclass(slots=True)
class Counted:
    """Every event is counted once: judged, ignored, malformed or failed."""

    events: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    """By severity."""
    alerted: int = 0
    undone: Counter[str] = field(default_factory=Counter)
    """By how the undo ended."""
    ignored: Counter[str] = field(default_factory=Counter)
    """By reason."""
    malformed: int = 0
    failed: int = 0
    """Events of the file that a function failed on, or that no function was given."""
    errors: list[str] = field(default_factory=list)
    """What went wrong anywhere in the account, undos and logs included."""
    dead_letters: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every line was read, nothing failed, and only malformed events were kept."""
        failed = self.unreadable or self.failed or self.errors
        return not failed and self.dead_letters <= self.malformed

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "events": self.events,
            "judged": dict(self.judged),
            "alerted": self.alerted,
            "undone": dict(self.undone),
            "ignored": dict(self.ignored.most_common()),
            "malformed": self.malformed,
            "failed": self.failed,
            "deadLettered": self.dead_letters,
            "errors": self.errors,
            "unreadable": [{"line": each.line, "reason": each.reason} for each in self.unreadable],
        }

    def tell(self, console: Console) -> None:
        """Print the counts as a table, and below it what went wrong."""
        table = Table("what became of them", "events", title=f"{self.events} recorded events")
        for name, number in self._rows():
            table.add_row(plain(name), str(number))
        console.print(table)
        for error in self.errors:
            console.print(Text.assemble(("error: ", "red"), plain(error)))
        for line in self.unreadable:
            console.print(Text.assemble((f"line {line.line}: ", "red"), plain(line.reason)))

    def _rows(self) -> Iterator[tuple[str, int]]:
        for severity, number in self.judged.most_common():
            yield f"judged: {severity}", number
        yield "  of these alerted", self.alerted
        for ending, number in self.undone.most_common():
            yield f"  of these with an undo that ended: {ending}", number
        for reason, number in self.ignored.most_common():
            yield f"ignored: {reason}", number
        yield "malformed", self.malformed
        yield "failed in a function, or given to none", self.failed
        yield "kept in dead-letter queues, of everything above", self.dead_letters

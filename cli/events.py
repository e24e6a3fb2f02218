"""Recorded events on the sandbox's bus, and what became of each."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from cli.recorded import Recorded, Unreadable, read
from cli.stage import Stage, answer
from sandbox.envelope import UnwrappableRecordError, wrap
from sandbox.invocations import Invocation

_MALFORMED = "MalformedEventError"


@dataclass(slots=True)
class Counted:
    """What became of the events of a file; every event is counted once."""

    events: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    """By severity."""
    alerted: int = 0
    undone: Counter[str] = field(default_factory=Counter)
    """By how the undo ended."""
    ignored: Counter[str] = field(default_factory=Counter)
    """By reason."""
    malformed: int = 0
    errors: list[str] = field(default_factory=list)
    dead_letters: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every line was read, no handler failed, and only malformed events were kept."""
        return not self.unreadable and not self.errors and self.dead_letters <= self.malformed

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "events": self.events,
            "judged": dict(self.judged),
            "alerted": self.alerted,
            "undone": dict(self.undone),
            "ignored": dict(self.ignored.most_common()),
            "malformed": self.malformed,
            "deadLettered": self.dead_letters,
            "errors": self.errors,
            "unreadable": [{"line": each.line, "reason": each.reason} for each in self.unreadable],
        }

    def tell(self, console: Console) -> None:
        """Print the counts as a table."""
        table = Table("what became of them", "events", title=f"{self.events} recorded events")
        for severity, number in self.judged.most_common():
            table.add_row(f"judged: {severity}", str(number))
        table.add_row("  of these alerted", str(self.alerted))
        for ending, number in self.undone.most_common():
            table.add_row(f"  of these with an undo that ended: {ending}", str(number))
        for reason, number in self.ignored.most_common():
            table.add_row(f"ignored: {reason}", str(number))
        table.add_row("malformed, kept in a dead-letter queue", str(self.malformed))
        table.add_row("failed in a handler", str(len(self.errors)))
        console.print(table)
        for error in self.errors:
            console.print(f"[red]handler error:[/] {error}", highlight=False)
        for line in self.unreadable:
            console.print(f"[red]line {line.line}:[/] {line.reason}", highlight=False)


def count(path: Path, stage: Stage, progress: Console) -> Counted:
    """Put every event of a file on the bus, wait, and count.

    Raises:
        OSError: the file cannot be read.
    """
    counted = Counted()
    first = len(stage.sandbox.invocations)
    lines = list(read(path))
    for line in track(lines, "Putting events on the bus", console=progress, transient=True):
        _put(line, stage, counted)
    progress.print("[dim]Waiting for the functions ...[/]")
    stage.settle()
    _ended(stage.sandbox.invocations[first:], counted)
    incidents = [each for each in stage.incidents(first) if each.planned_by is None]
    counted.undone.update(str(each.outcome.ending) for each in incidents if each.outcome)
    counted.dead_letters = sum(map(len, stage.sandbox.dead_letters().values()))
    return counted


def _put(line: Recorded | Unreadable, stage: Stage, counted: Counted) -> None:
    if isinstance(line, Unreadable):
        counted.unreadable.append(line)
        return
    counted.events += 1
    try:
        event = _envelope(line, stage)
    except UnwrappableRecordError as error:
        counted.ignored[f"no event of AWS: {error}"] += 1
        return
    if not stage.sandbox.put_event(event):
        counted.ignored[f"no watch takes it: {_source(event)}"] += 1


def _envelope(line: Recorded, stage: Stage) -> Mapping[str, Any]:
    """The event on this account's bus: the record is as it was, only the envelope is the bus's."""
    front = stage.sandbox.front
    if line.is_envelope:
        return line.event
    return {
        **wrap(line.event, account=front.account, region=front.region),
        "account": front.account,
        "region": front.region,
    }


def _source(event: Mapping[str, Any]) -> str:
    detail = event.get("detail")
    read_only = isinstance(detail, Mapping) and detail.get("readOnly") is True
    return f"{event.get('source')}{' (read-only call)' if read_only else ''}"


def _ended(invocations: Iterable[Invocation], counted: Counted) -> None:
    """Count how the last try on each event ended."""
    last = {each.request_id: each for each in invocations}
    for invocation in last.values():
        said = answer(invocation.outcome)
        if "severity" in said:
            counted.judged[said["severity"]] += 1
            counted.alerted += said["alert"] == "sent"
        elif "ignored" in said:
            counted.ignored[said["ignored"]] += 1
        elif invocation.outcome.error is not None:
            _failed(invocation, counted)


def _failed(invocation: Invocation, counted: Counted) -> None:
    error = json.loads(invocation.outcome.payload)
    if error.get("errorType") == _MALFORMED:
        counted.malformed += 1
    else:
        counted.errors.append(f"{invocation.function}: {error.get('errorMessage', error)}")

"""`snapback replay`: logs read, judged, and told on the terminal or as JSON."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from cli.account import read_account
from cli.aws_policies import aws_policies
from cli.choosing import chosen
from cli.located import Listener, located
from cli.replay import Replay
from cli.replay_table import Shown, tell_counts, tell_kins
from cli.replayed import Fate, Tally
from lambdas.settings import Response

_STEPS = 200
"""How often a bar moves from its beginning to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What somebody asks of a replay."""

    account: Path | None = None
    settings: Path | None = None
    response: Response | None = None
    by: str | None = None
    as_json: bool = False


def run(paths: Sequence[Path], options: Options, out: Console, err: Console) -> bool:
    """Replay and tell; whether every file and line was read and held an event.

    Raises:
        SettingsError: the settings cannot be read or meant.
        AccountDumpError: the account's dump cannot be read.
    """
    settings = chosen(options.settings, options.response)
    accounts = read_account(options.account) if options.account else {}
    beside = err if options.as_json else out
    for line in _known(options.account):
        beside.print(line, style="dim", highlight=False, markup=False)
    tally, shown, mistakes = Tally(), Shown(), _Mistakes(err)
    with _Bars(err) as bars:
        listener = Listener(mistake=mistakes, progress=bars.moving("Reading"))
        of = Replay(settings=settings, accounts=accounts, progress=bars.moving("Judging"))
        for replayed in of.run(located(paths, options.by, listener)):
            tally.count(replayed)
            if replayed.fate is Fate.MALFORMED:
                place = replayed.located
                mistakes(f"{place.file}, line {place.line}: no event: {replayed.reason}")
            if options.as_json:
                out.file.write(json.dumps(replayed.as_json()) + "\n")
            else:
                shown.add(replayed)
    if not options.as_json:
        shown.tell(out)
    tell_counts(tally, beside)
    if options.by is not None:
        tell_kins(tally, options.by, beside)
    return not mistakes.number


def _known(account: Path | None) -> tuple[str, str]:
    policies = aws_policies()
    states = (
        f"The states before are those of {account}, and what the events did to them."
        if account
        else "No account state is given (--account): judged from the events themselves, in order"
        " of time. What no event tells is not known; a holder is judged as if it held nothing"
        " else, and nothing is undone where what was there before is not known."
    )
    return (
        states,
        f"AWS-managed policies: {len(policies.documents)} as of {policies.date}.",
    )


class _Mistakes:
    """Tells of what could not be read, and counts it."""

    def __init__(self, console: Console) -> None:
        self.number = 0
        self._console = console

    def __call__(self, says: str) -> None:
        self.number += 1
        self._console.print(says, style="red", markup=False, highlight=False, soft_wrap=True)


class _Bars:
    """Bars with the time that is left, on a terminal only."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def moving(self, name: str) -> Callable[[int, int], None]:
        """What moves a bar: it is told how much is done, and how much there is."""
        task = self._progress.add_task(name, visible=False)
        step = 0

        def move(done: int, whole: int) -> None:
            nonlocal step
            if done * _STEPS >= step * whole:
                step = done * _STEPS // max(whole, 1) + 1
                self._progress.update(task, completed=done, total=whole, visible=True)

        return move

"""Progress: a bar for what takes minutes, on a terminal only."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

T = TypeVar("T")


def shown(each: Iterable[T], total: int, console: Console) -> Iterator[T]:
    """Hand the things on, and show how many have come of how many."""
    columns = (
        TextColumn("Attacking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=total)
        for one in each:
            yield one
            bar.advance(task)

"""`snapback drill`: every watched call as an attack, in the sandbox."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from rich.console import Console

from cli.demo import RETRIES_IN_A_HURRY
from cli.demo import UNRUNNABLE as UNSTAGED
from cli.drill.attacks import ATTACKS
from cli.drill.drilled import Drilled
from cli.drill.drilling import NotPreparedError, drill, prepare
from cli.drill.faults import Faulted, UnknownStepError, cases, faulted
from cli.drill.progress import shown
from cli.drill.telling import tell, tell_faults
from cli.foreign import plain
from cli.stage import Stage, staged
from lambdas.calls import CATALOG
from lambdas.calls.watched import WatchedCall

T = TypeVar("T", Drilled, Faulted)


class UnknownCallError(ValueError):
    """A name that no watched call has; the message names it."""


UNRUNNABLE = (*UNSTAGED, UnknownCallError, UnknownStepError, NotPreparedError)
"""What is raised where nothing could be drilled at all."""


def chosen(names: Sequence[str]) -> list[WatchedCall]:
    """The catalogue's entries that are named, with or without their service; all without names.

    Raises:
        UnknownCallError: a name is no watched call's.
    """
    known = {name for entry in CATALOG.values() for name in (entry.action, entry.name)}
    if unknown := [name for name in names if name not in known]:
        raise UnknownCallError(f"no watched call is named {', '.join(unknown)}")
    return [
        entry for entry in CATALOG.values() if not names or {entry.action, entry.name} & {*names}
    ]


def calls(names: Sequence[str], console: Console, progress: Console, *, as_json: bool) -> bool:
    """Drill the named calls, or all; whether each ended as its mode promises.

    Raises:
        UnknownCallError: a name is no watched call's.
        NotPreparedError: the account could not be brought to where the attacks begin.
    """
    entries, began = chosen(names), time.monotonic()
    with _staged(progress) as stage:
        each = shown(_each(entries, stage), len(entries), progress)
        drilled = _printed(each, console, as_json)
    if not as_json:
        tell(drilled, console)
    kept = sum(each.kept for each in drilled)
    progress.print(
        f"{kept} of {len(drilled)} calls ended as their mode promises,"
        f" in {time.monotonic() - began:.0f} s."
    )
    return kept == len(drilled)


def faults(only: Sequence[str], console: Console, progress: Console, *, as_json: bool) -> bool:
    """Inject every fault into every step, or the steps named; whether nothing was lost.

    Raises:
        UnknownStepError: one of the names is no step's.
        NotPreparedError: the account could not be prepared.
    """
    began = time.monotonic()
    with _staged(progress) as stage:
        wanted = cases(stage, frozenset(only))
        each = shown(faulted(stage, wanted), len(wanted), progress)
        found = _printed(each, console, as_json)
    if not as_json:
        tell_faults(found, console)
    lost = sum(each.lost for each in found)
    progress.print(f"{len(found)} faults, {lost} lost, in {time.monotonic() - began:.0f} s.")
    return all(each.good for each in found)


def _staged(progress: Console) -> AbstractContextManager[Stage]:
    return staged(lambda text: progress.print(plain(f"{text} ...", "dim")), RETRIES_IN_A_HURRY)


def _printed(each: Iterable[T], console: Console, as_json: bool) -> list[T]:
    """Gather the results; as JSON, each is printed as soon as it is there."""
    found = []
    for one in each:
        found.append(one)
        if as_json:
            console.out(json.dumps(one.as_json()), highlight=False)
    return found


def _each(entries: Iterable[WatchedCall], stage: Stage) -> Iterator[Drilled]:
    attacks = [(entry, ATTACKS[entry.action]) for entry in entries]
    answers = prepare((attack for _, attack in attacks), stage)
    for entry, attack in attacks:
        yield drill(entry, attack, answers, stage)

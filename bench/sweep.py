"""A sweep of the whole account, and one more of the same: seconds, memory, and what is written."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

from rich.progress import track

from bench.account import built
from bench.figure import Figure
from lambdas.aws import records
from lambdas.aws.clock import WallClock
from lambdas.aws.items import Item
from lambdas.model.state import States
from lambdas.service.sweep import sweep
from lambdas.service.sweeping import Sweeping
from lambdas.settings import Settings

PRINCIPALS = 10_000
_FEW = 1_000
_PAGE = 100
"""Subjects that one page of the account holds; AWS gives some hundreds, with long documents."""
_TIMEOUT, _MEMORY = 900, 1024
_LATENCY = 0.005
"""Seconds that every call of DynamoDB takes."""


def run() -> Iterable[Figure]:
    """Sweep accounts of two sizes twice, each size in a process of its own.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    sizes = track((_FEW, PRINCIPALS), "sweeping", transient=True)
    few, many = (_of_process(number) for number in sizes)
    aim = f"the function has {_TIMEOUT} s and {_MEMORY} MB"
    for number, found in ((_FEW, few), (PRINCIPALS, many)):
        for which in ("first", "second"):
            name = f"{which} sweep of {number:,} principals"
            yield Figure(
                name=name,
                value=found[which]["seconds"],
                unit="s",
                compared_with=f"{aim}; {found[which]['calls']:,} calls of DynamoDB, 5 ms each",
            )
            yield Figure(
                name=f"written by it in {found[which]['items']:,} items",
                value=found[which]["bytes"] / 1000,
                unit="kB",
                compared_with="1 kB is one write unit of DynamoDB",
            )
        name = f"peak memory with {number:,} principals"
        yield Figure(name=name, value=found["memory"], unit="MB", compared_with=aim)
    yield Figure(
        name="seconds grow with ten times the principals by",
        value=many["first"]["seconds"] / few["first"]["seconds"],
        unit="times",
        compared_with="aim: not much more than the principals",
    )


def _of_process(number: int) -> dict[str, Any]:
    code = f"from bench.sweep import measure; measure({number})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(number: int) -> None:
    """Print what two sweeps of an account take, as JSON.

    Raises:
        RuntimeError: a sweep did not read everything, or found a change where there is none.
    """
    states, table = built(number), _Table()
    with patch.object(records, "Table", lambda *_: table):
        kept = records.TableRecords(Mock(), "snapback")
    of = Sweeping(
        account=_Account(states),  # type: ignore[arg-type]  # of the port, a sweep reads pages only
        records=kept,
        alerts=Mock(),
        clock=WallClock(),
        settings=Settings(),
    )
    found: dict[str, Any] = {}
    for which in ("first", "second"):
        table.written, table.calls = [], 0
        began = time.perf_counter()
        swept = sweep(of)
        seconds = time.perf_counter() - began
        if swept is None or swept.subjects != len(states.known) or swept.unannounced:
            raise RuntimeError(f"the {which} sweep did {swept}")
        written = {"items": len(table.written), "bytes": sum(table.written)}
        found[which] = {"seconds": seconds, "calls": table.calls, **written}
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    print(json.dumps({**found, "memory": int(peak.split()[1]) / 1024}))


class _Account:
    """An account that answers in pages."""

    def __init__(self, states: States) -> None:
        self._states = states

    def everything(self) -> Iterator[States]:
        """Every state, read now."""
        known = [*self._states.known.items()]
        for start in range(0, len(known), _PAGE):
            yield States(dict(known[start : start + _PAGE]))


class _Table:
    """A table in memory, in the place of `lambdas.aws.table`; every call takes a while.

    moto looks through all of a table's items at every query, which says nothing of DynamoDB.
    """

    def __init__(self) -> None:
        self.written: list[int] = []
        self.calls = 0
        self._items: dict[str, dict[str, Item]] = defaultdict(dict)

    def get(self, pk: str, sk: str) -> Item | None:
        self._call()
        return self._items[pk].get(sk)

    def update(self, pk: str, sk: str, **how: object) -> Item:  # noqa: ARG002 - the table's
        """Of what is measured here, only a claim is updated, and nobody else holds it."""
        self._call()
        return {"Attributes": {"tries": {"N": "1"}}}

    def set(self, pk: str, sk: str, attributes: Item) -> None:
        self._call()
        self._items[pk][sk] = {**self._items[pk].get(sk, {}), **attributes}

    def under(self, pk: str, prefix: str = "") -> list[Item]:
        self._call()
        return [each for sk, each in sorted(self._items[pk].items()) if sk.startswith(prefix)]

    def last_below(self, pk: str, sk: str) -> Item | None:
        self._call()
        below = [each for each in self._items[pk] if each < sk]
        return self._items[pk][max(below)] if below else None

    def between(self, pk: str, first: str, end: str) -> list[Item]:
        self._call()
        within = [each for each in self._items[pk] if first <= each < end]
        return [self._items[pk][each] for each in sorted(within, reverse=True)]

    def get_many(self, keys: Sequence[Item]) -> list[Item]:
        self._call()
        found = (self._items[key["pk"]["S"]].get(key["sk"]["S"]) for key in keys)
        return [each for each in found if each is not None]

    def put(self, item: Item) -> None:
        self.write(put=[item])

    def write(self, *, put: Iterable[Item] = (), delete: Iterable[Item] = ()) -> None:
        for number, item in enumerate(put):
            if number % 25 == 0:
                self._call()
            self.written.append(_size(item))
            self._items[item["pk"]["S"]][item["sk"]["S"]] = item
        for key in delete:
            self._items[key["pk"]["S"]].pop(key["sk"]["S"], None)

    def _call(self) -> None:
        self.calls += 1
        time.sleep(_LATENCY)


def _size(item: Item) -> int:
    """The size of an item as DynamoDB counts it: names and values.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    """
    values = [value for each in item.values() for value in each.values()]
    sizes = (len(v) if isinstance(v, bytes | str) else len(json.dumps(v)) for v in values)
    return sum(map(len, item)) + sum(sizes)

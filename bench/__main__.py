"""`python -m bench [NAME ...]`: every figure, or the named ones."""

import json
import sys
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.table import Table

from bench import chain, cold_start, demo, replay, warm, zip_size
from bench.figure import Figure

BENCHES: dict[str, Callable[[], Iterable[Figure]]] = {
    "zip-size": zip_size.run,
    "cold-start": cold_start.run,
    "chain": chain.run,
    "warm": warm.run,
    "demo": demo.run,
    "replay": replay.run,
}


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all; 2 for a name that is none."""
    as_json = "--json" in arguments
    names = [argument for argument in arguments if argument != "--json"] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    table = Table("figure", "measured", "compared with")
    for name in names:
        for figure in BENCHES[name]():
            table.add_row(figure.name, str(figure), figure.compared_with)
            if as_json:
                print(json.dumps({"name": figure.name, "value": figure.value, "unit": figure.unit}))
    if not as_json:
        Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

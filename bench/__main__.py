"""`python -m bench [NAME ...]`: every figure, or the named ones."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.table import Table

from bench import (
    account,
    assess,
    chain,
    cold_start,
    decide,
    demo,
    engine_import,
    fan_out,
    replay,
    sweep,
    undo,
    warm,
    zip_size,
)
from bench.figure import Figure

BENCHES: dict[str, Callable[[], Iterable[Figure]]] = {
    "zip-size": zip_size.run,
    "cold-start": cold_start.run,
    "chain": chain.run,
    "warm": warm.run,
    "demo": demo.run,
    "fan-out": fan_out.run,
    "replay": replay.run,
    "decide": decide.run,
    "engine-import": engine_import.run,
    "assess": assess.run,
    "account": account.run,
    "sweep": sweep.run,
    "undo": undo.run,
}


def _asked(arguments: list[str]) -> argparse.Namespace:
    """The names and whether as JSON; argparse ends the process with 2 for a name that is none."""
    each = (f"  {name:14}{sys.modules[run.__module__].__doc__}" for name, run in BENCHES.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure Snapback on this machine. Needs no AWS account and no network.",
        epilog="\n".join(("benchmarks:", *each)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", choices=BENCHES, metavar="NAME", help="default: all")
    parser.add_argument("--json", action="store_true", help="one JSON object a figure, a line each")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all."""
    asked = _asked(arguments)
    table = Table("figure", "measured", "compared with")
    for name in asked.names or BENCHES:
        for figure in BENCHES[name]():
            table.add_row(figure.name, str(figure), figure.compared_with)
            if asked.json:
                print(json.dumps(figure.as_json()))
    if not asked.json:
        Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

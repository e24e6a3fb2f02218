"""The demo, from start to end after set-up."""

import subprocess
import sys
import time
from collections.abc import Iterable

from bench.figure import Figure


def run() -> Iterable[Figure]:
    """Run `snapback demo` as people do.

    Raises:
        subprocess.CalledProcessError: a scene did not end as intended.
    """
    began = time.perf_counter()
    command = [sys.executable, "-c", "from cli.main import main; main()", "demo", "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield Figure(
        name="make demo, after set-up",
        value=time.perf_counter() - began,
        unit="s",
        compared_with="aim: under 60 s",
    )

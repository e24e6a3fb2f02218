"""The import of the policy engine in a fresh process, as time of its processor."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from bench.figure import Figure

ROUNDS = 15
_ROOT = Path(__file__).parents[1]
_MILLI = 1_000
_CODE = """
import time
began = time.process_time()
import lambdas.policy.ruling, lambdas.policy.evaluate
print(time.process_time() - began)
"""


def run() -> Iterable[Figure]:
    """Import both ways of asking, with all that they need of Python's own; byte code is there."""
    seconds = [_seconds() for _ in range(ROUNDS + 1)][1:]
    yield Figure(
        name="import of the policy engine",
        value=median(seconds) * _MILLI,
        unit="ms",
        compared_with="aim: under 60 ms",
    )


def _seconds() -> float:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-S", "-c", _CODE]  # -S: no package beside Python's own is needed
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)

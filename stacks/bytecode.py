"""Bytecode for the functions, where an interpreter of their Python version is at hand."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

RUNTIME = "3.13"
"""The functions' Python version: bytecode of another one is ignored by it."""

_VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"
_COST = (
    f"snapback: no Python {RUNTIME} found, so the functions travel without bytecode and compile "
    "their code at each cold start, which makes a response roughly a third of a second slower. "
    f"Install python{RUNTIME} and synthesize again to avoid that."
)


@cache
def interpreter() -> str | None:
    """A Python of the runtime's version that really runs; says on stderr what having none costs."""
    found = next((name for name in (sys.executable, f"python{RUNTIME}") if _runs(name)), None)
    if found is None:
        sys.stderr.write(f"{_COST}\n")
    return found


def compile_all(folder: Path, python: str, *, inside: Path | None = None) -> None:
    """Compile everything under a folder for /var/task, which is read-only in AWS Lambda.

    ``inside`` is the folder that becomes /var/task, where it is not the folder itself.

    The bytecode depends on the sources alone: neither on the folder nor on the files' times.
    https://docs.python.org/3/library/compileall.html
    """
    options = ["-q", "-f", "-s", str(inside or folder), "-p", "/var/task"]
    mode = ["--invalidation-mode", "unchecked-hash"]
    subprocess.run(
        [python, "-m", "compileall", *options, *mode, str(folder)],
        check=True,
        env=_environment(),
    )


def _runs(name: str) -> bool:
    """Whether the command is a Python of the runtime's version; a shim may exist and fail."""
    try:
        done = subprocess.run(
            [name, "-c", _VERSION],
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
            env=_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and done.stdout.strip() == RUNTIME


def _environment() -> dict[str, str]:
    """This process's environment, in which pyenv's shim, if it is one, runs the right version."""
    return {**os.environ, "PYENV_VERSION": RUNTIME, "PYTHONHASHSEED": "0"}

"""Tested: what roles ask of the gate in tests that play what no drill does."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.permissions.listening import OPTION
from cli.permissions.proof import Asked

_ROOT = Path(__file__).parents[2]
TESTS = (
    "tests/end_to_end/test_hard_undos.py",
    "tests/end_to_end/test_providers_and_account.py",
    "tests/end_to_end/test_tags_and_profiles.py",
    "tests/end_to_end/test_renames.py",
)


class TestsFailedError(Exception):
    """Tests failed, so that what they would have used is not known."""


def tested() -> list[Asked]:
    """Run the tests, and what roles asked meanwhile.

    Raises:
        TestsFailedError: some failed.
    """
    with TemporaryDirectory(prefix="snapback-") as folder:
        heard = Path(folder) / "heard"
        options = ["-n0", "--no-cov", "-p", "cli.permissions.listening", OPTION, str(heard)]
        command = [sys.executable, "-m", "pytest", *TESTS, *options]
        done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise TestsFailedError(f"tests failed, which are part of the proof:\n{done.stdout}")
        return [*_asked(heard.read_text("utf-8"))]


def _asked(heard: str) -> Iterator[Asked]:
    for line in heard.splitlines():
        role, action, decided = line.split()
        yield Asked(role=role, action=action, allowed=decided == "allowed")

"""The tests that are part of the proof of permissions are there."""

from pathlib import Path

import pytest

from cli.permissions.tested import TESTS

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("path", TESTS)
def test_a_test_that_is_part_of_the_proof_is_there(path: str) -> None:
    assert (ROOT / path).is_file()

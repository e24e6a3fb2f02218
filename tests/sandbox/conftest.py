"""A running front door, one for each module of tests: it is one at a time in a process."""

from collections.abc import Iterator

import pytest

from sandbox.front import Front


@pytest.fixture(scope="module")
def front() -> Iterator[Front]:
    with Front() as running:
        yield running

from collections.abc import Iterator

import pytest

from cli.demo import RETRIES_IN_A_HURRY
from cli.stage import Stage, staged


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """One account with the synthesized template deployed, shared by the tests of a process."""
    with staged(lambda _: None, RETRIES_IN_A_HURRY) as stage:
        yield stage

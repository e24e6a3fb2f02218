from collections.abc import Iterator

import pytest

from cli.demo import RETRIES_IN_A_HURRY
from cli.stage import Stage, staged


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """One account with the synthesized template deployed, shared by the tests of this folder."""
    with staged(lambda _: None, RETRIES_IN_A_HURRY) as stage:
        yield stage

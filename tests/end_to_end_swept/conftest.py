from collections.abc import Iterator

import pytest

from cli.demo import RETRIES_IN_A_HURRY
from cli.stage import Stage, staged


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """A deployment of their own: what others leave behind is found by a sweep, too."""
    with staged(lambda _: None, RETRIES_IN_A_HURRY) as stage:
        yield stage

from collections.abc import Iterator

import pytest

from cli.demo import RETRIES_IN_A_HURRY
from cli.stage import SETTINGS, Stage, staged

CONTAINING = {**SETTINGS, "quarantine": True, "revokeSessions": True}


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """The account of the other end-to-end tests, in which actors are contained.

    In a folder of its own, because there is one sandbox at a time in a process.
    """
    with staged(lambda _: None, RETRIES_IN_A_HURRY, CONTAINING) as stage:
        yield stage

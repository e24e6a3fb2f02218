from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.demo import RETRIES_IN_A_HURRY
from cli.stage import SETTINGS, Stage, deployed
from tests.assemblies import assembled
from tests.looks import looks_end_with_their_test

__all__ = ["looks_end_with_their_test", "stage"]


@pytest.fixture(scope="package")
def stage(assemblies: Path) -> Iterator[Stage]:
    """One account with the synthesized template deployed, shared by the tests of this folder."""
    with deployed(assembled(SETTINGS, assemblies), RETRIES_IN_A_HURRY) as stage:
        yield stage

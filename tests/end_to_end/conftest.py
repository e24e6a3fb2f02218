from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.demo import RETRIES_IN_A_HURRY
from cli.stage import SETTINGS, Stage, deployed
from tests.assemblies import assembled


@pytest.fixture(scope="package")
def stage(assemblies: Path) -> Iterator[Stage]:
    """One account with the synthesized template deployed, shared by the tests of this folder."""
    with deployed(assembled(SETTINGS, assemblies), RETRIES_IN_A_HURRY) as stage:
        yield stage


@pytest.fixture(autouse=True)
def _looks_end_with_their_test(stage: Stage) -> Iterator[None]:
    """What one test's undos asked to be looked at later is not looked at during another."""
    yield
    stage.sandbox.drop_delayed()

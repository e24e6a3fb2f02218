from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.demo import RETRIES_IN_A_HURRY
from cli.stage import SETTINGS, Stage, deployed
from tests.assemblies import assembled
from tests.looks import looks_end_with_their_test

__all__ = ["looks_end_with_their_test", "stage"]


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest, assemblies: Path) -> Iterator[Stage]:
    """A deployment for one file, whose tests count over the whole account.

    What other files leave behind is found by a sweep, too. A file may have `SETTINGS` of its own.
    """
    settings = getattr(request.module, "SETTINGS", SETTINGS)
    with deployed(assembled(settings, assemblies), RETRIES_IN_A_HURRY) as stage:
        yield stage

"""Looks: what the tests of one stage share, so that none of them meets what another began."""

from collections.abc import Iterator

import pytest

from cli.stage import Stage


@pytest.fixture(autouse=True)
def looks_end_with_their_test(stage: Stage) -> Iterator[None]:
    """What one test's undos asked to be looked at later is not looked at during another."""
    yield
    stage.sandbox.drop_delayed()

from datetime import timedelta

import pytest

from lambdas.aws import clock


def test_now_is_in_utc() -> None:
    assert clock.WallClock().now().utcoffset() == timedelta(0)


def test_sleeping_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    slept = []
    monkeypatch.setattr(clock.time, "sleep", slept.append)
    clock.WallClock().sleep(0.25)
    assert slept == [0.25]

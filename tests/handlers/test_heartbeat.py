"""The watch clock's report outside: of good minutes only, and never in its way."""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.aws.heartbeat import UnreportedError
from lambdas.model.check import Check, Health
from lambdas.service.watch import Watched
from lambdas.settings import dump
from tests.handlers.conftest import Context, Start
from tests.service.world import SETTINGS

NAME = "/snapback/heartbeat-url"
GOOD = Watched((), 0)
FAULT = Check(name="watches", state=Health.FAULT, says="x", why="y")


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("SNAPBACK_SETTINGS", dump(replace(SETTINGS, heartbeat_url=NAME)))
    monkeypatch.setenv("STACK_ID", "made")
    return []


def ran(
    function: Start, monkeypatch: pytest.MonkeyPatch, watched: Watched, report: Any
) -> dict[str, Any]:
    module = function("watch")
    monkeypatch.setattr(module, "watch", lambda _: watched)
    monkeypatch.setattr(module, "report", report)
    answer: dict[str, Any] = module.handler({}, Context())
    return answer


def test_a_good_minute_is_reported(
    function: Start, monkeypatch: pytest.MonkeyPatch, reported: list[str]
) -> None:
    answer = ran(function, monkeypatch, GOOD, lambda _, name: reported.append(name))
    assert (answer["faults"], reported) == ([], [NAME])


def test_a_minute_with_a_fault_is_not(
    function: Start, monkeypatch: pytest.MonkeyPatch, reported: list[str]
) -> None:
    answer = ran(function, monkeypatch, Watched((FAULT,), 0), lambda _, name: reported.append(name))
    assert (answer["faults"], reported) == (["watches"], [])


def test_that_it_fails_is_logged_and_counted_and_breaks_nothing(
    function: Start,
    monkeypatch: pytest.MonkeyPatch,
    reported: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise UnreportedError("the answer was 500")

    assert ran(function, monkeypatch, GOOD, fail)["faults"] == reported
    written = capsys.readouterr().out
    assert '"Unreported":[1.0]' in written
    assert '"Heartbeat":[1.0]' in written


def test_without_an_address_nothing_is_reported(
    function: Start, monkeypatch: pytest.MonkeyPatch, reported: list[str]
) -> None:
    monkeypatch.setenv("SNAPBACK_SETTINGS", dump(SETTINGS))
    ran(function, monkeypatch, GOOD, lambda _, name: reported.append(name))
    assert reported == []

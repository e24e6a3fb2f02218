"""Announced changes, and pauses."""

import pytest

from lambdas.service.deciding import RefusedError
from lambdas.service.ports import AlertNotSentError
from tests.service.deciding.asked import Asked
from tests.service.world import MALLORY

CALL = {"principal": MALLORY.arn, "call": "iam:AttachUserPolicy"}
DAY = 86_400


def test_an_announcement_is_kept_and_told():
    asked = Asked()
    answer = asked.ask("expect", **CALL, seconds=1800)
    [made] = asked.decisions.expected()
    assert (made.principal, made.call, made.by) == (MALLORY.arn, CALL["call"], "user olga")
    assert answer["until"] == made.until.isoformat() == "2026-03-01T12:30:07+00:00"
    assert asked.mailed()[0].startswith("[DECIDED] user olga announced iam:AttachUserPolicy by")


def test_a_pause_holds_for_its_time_and_is_told():
    asked = Asked()
    asked.ask("pause", seconds=7200)
    assert asked.decisions.paused() is not None
    asked.world.clock.sleep(7200)
    assert asked.decisions.paused() is None
    assert asked.mailed() == [
        "[DECIDED] user olga paused all undoing until 2026-03-01 14:00:07 UTC"
    ]


def test_a_pause_can_be_ended():
    asked = Asked()
    asked.ask("pause", seconds=7200)
    assert asked.ask("resume") == {"paused": True}
    assert asked.decisions.paused() is None
    assert len(asked.mailed()) == 2


def test_to_end_no_pause_is_no_news():
    asked = Asked()
    assert asked.ask("resume") == {"paused": False}
    assert asked.mailed() == []


def test_a_mail_can_be_tried():
    asked = Asked()
    assert asked.ask("test-alert") == {"sent": True}
    assert asked.mailed() == ["[DECIDED] user olga asked for a test alert"]


@pytest.mark.parametrize(
    ("do", "question"),
    [
        pytest.param("expect", {**CALL, "seconds": 60}, id="announced"),
        pytest.param("pause", {"seconds": 60}, id="paused"),
    ],
)
def test_nothing_is_decided_in_silence(do, question):
    asked = Asked()
    asked.world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        asked.ask(do, **question)
    assert (asked.decisions.expectations, asked.decisions.pauses) == ([], [])


@pytest.mark.parametrize(
    ("do", "question", "says"),
    [
        pytest.param("expect", {**CALL, "seconds": DAY + 1}, "1 day", id="for too long"),
        pytest.param("expect", {**CALL, "seconds": 0}, "1 day", id="for no time"),
        pytest.param("expect", CALL, "seconds", id="without a time"),
        pytest.param(
            "expect", {**CALL, "principal": "mallory", "seconds": 60}, "ARN", id="of no ARN"
        ),
        pytest.param(
            "expect",
            {**CALL, "call": "AttachUserPolicy", "seconds": 60},
            "iam:AttachUserPolicy",
            id="of a call without its service",
        ),
        pytest.param("expect", {"seconds": 60}, "principal", id="of nobody"),
        pytest.param("pause", {"seconds": DAY + 1}, "1 day", id="a pause for too long"),
        pytest.param("sing", {}, "nothing to do", id="something else"),
        pytest.param("show", {"incident": "20260301-0"}, "no incident", id="an unknown incident"),
    ],
)
def test_what_cannot_be_meant_is_refused(do, question, says):
    asked = Asked()
    with pytest.raises(RefusedError, match=says):
        asked.ask(do, **question)
    assert asked.mailed() == []

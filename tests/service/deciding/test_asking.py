"""Incidents listed and shown."""

from dataclasses import replace

import pytest

from lambdas.service.deciding import RefusedError
from lambdas.service.deciding import asking as asking_module
from lambdas.service.undo import undo
from tests.service.deciding.asked import Asked
from tests.service.world import World, attach, change, evaluate_quietly, stop

HOUR = 3600


@pytest.fixture
def asked():
    return Asked()


def test_there_may_be_none(asked):
    assert asked.ask("incidents", seconds=HOUR) == {"incidents": [], "more": False}


def test_incidents_are_listed_with_what_became_of_them(asked):
    incident = evaluate_quietly(asked.world, attach())
    undo(incident.id, asked.world.undoing())
    [found] = asked.ask("incidents", seconds=HOUR)["incidents"]
    assert found["id"] == incident.id
    assert found["call"] == "iam:AttachUserPolicy"
    assert found["subject"] == "user alice"
    assert found["actor"] == "user mallory"
    assert found["severity"] == "critical"
    assert found["outcome"]["ending"] == "restored"


def test_only_those_of_the_time_are_listed(asked):
    evaluate_quietly(asked.world, attach())
    asked.world.clock.sleep(HOUR + 60)
    assert asked.ask("incidents", seconds=HOUR)["incidents"] == []


def test_one_that_cannot_be_read_is_named(asked):
    incident = evaluate_quietly(asked.world, attach())
    asked.world.records.unreadable.add(incident.id)
    [found] = asked.ask("incidents", seconds=HOUR)["incidents"]
    assert found["id"] == incident.id
    assert "unreadable" in found
    with pytest.raises(RefusedError, match="cannot be read"):
        asked.ask("show", incident=incident.id)


def test_one_that_is_not_kept_any_more_is_left_out(asked, monkeypatch):
    incident = evaluate_quietly(asked.world, attach())
    monkeypatch.setattr(asked.decisions, "incidents", lambda *_: ["expired", incident.id])
    answer = asked.ask("incidents", seconds=HOUR)
    assert [each["id"] for each in answer["incidents"]] == [incident.id]


def test_that_there_are_more_is_said(asked, monkeypatch):
    monkeypatch.setattr(asking_module, "MOST", 1)
    evaluate_quietly(asked.world, attach())
    evaluate_quietly(asked.world, replace(stop(), event_id="another"))
    answer = asked.ask("incidents", seconds=HOUR)
    assert len(answer["incidents"]) == 1
    assert answer["more"]


def test_one_is_shown_with_its_mails_and_calls(asked):
    incident = evaluate_quietly(asked.world, attach())
    undo(incident.id, asked.world.undoing())
    shown = asked.ask("show", incident=incident.id)
    assert "iam detach-user-policy" in shown["revert"]["commands"][0]
    assert shown["findings"][0]["accepted"] is None
    assert shown["notes"] == []
    assert [mail.split(":")[0] for mail in shown["mails"]] == ["CRITICAL", "RESTORED"]


def test_one_without_calls_says_why():
    asked = Asked(World())
    incident = evaluate_quietly(asked.world, change("AttachUserPolicy", None))
    shown = asked.ask("show", incident=incident.id)
    assert shown["revert"] == {"reason": "the event does not say what was changed"}
    assert shown["subject"] is None

"""What is decided already: agreed findings, announced changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lambdas.model.change import Edit
from lambdas.model.decision import Acceptance, Expectation, Pause, finding_key
from lambdas.model.severity import Severity
from lambdas.model.state import Part
from lambdas.service.decided import agreed, expected, hold_or_forget, stands_in_the_way
from lambdas.service.evaluate import evaluate
from lambdas.service.undo import undo
from tests.service.fake_decisions import FakeDecisions
from tests.service.world import ADMIN, AT, MALLORY, READER, World, attach, evaluate_quietly, user

ANNOUNCED = Expectation(
    by="user olga",
    at=AT - timedelta(minutes=1),
    until=AT + timedelta(minutes=1),
    principal=str(MALLORY.arn),
    call="iam:AttachUserPolicy",
)
PAUSE = Pause(by="user olga", at=AT, until=AT.replace(hour=13, minute=0, second=0))
EDIT = Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess")


def decisions_of(world):
    return FakeDecisions(world.clock, world.records)


@pytest.fixture
def incident():
    return evaluate_quietly(World(), attach())


def acceptance(incident, **changed):
    made = Acceptance(
        incident=incident.id,
        by="user olga",
        at=AT,
        unique_id="ID-alice",
        findings=tuple(map(finding_key, incident.verdict.findings)),
        edits=incident.change.edits,
    )
    return replace(made, **changed)


def test_what_nobody_accepted_is_as_grave_as_ever(incident):
    decisions = decisions_of(World())
    assert agreed(incident.verdict, "ID-alice", decisions) == incident.verdict


def test_what_a_person_accepted_calls_for_nothing(incident):
    decisions = decisions_of(World())
    decisions.accept(acceptance(incident))
    found = agreed(incident.verdict, "ID-alice", decisions)
    assert found.severity is Severity.INFO
    assert all("user olga" in (each.accepted or "") for each in found.findings)


@pytest.mark.parametrize(
    ("changed", "unique_id"),
    [
        pytest.param({"unique_id": "ID-alice-before-her"}, "ID-alice", id="of a namesake"),
        pytest.param({"findings": ("another",)}, "ID-alice", id="of another finding"),
        pytest.param({}, None, id="of whoever is not known"),
    ],
)
def test_what_was_accepted_of_another_is_not_accepted_here(incident, changed, unique_id):
    decisions = decisions_of(World())
    decisions.accept(acceptance(incident, **changed))
    assert agreed(incident.verdict, unique_id, decisions) == incident.verdict


@pytest.mark.parametrize(
    ("held", "attached", "left"),
    [
        pytest.param(False, False, [False], id="not made yet: it waits"),
        pytest.param(False, True, [True], id="made now: it holds"),
        pytest.param(True, True, [True], id="still there: it holds"),
        pytest.param(True, False, [], id="taken away: it is forgotten"),
    ],
)
def test_an_acceptance_ends_with_what_was_accepted(incident, held, attached, left):
    decisions = decisions_of(World())
    decisions.accept(acceptance(incident, held=held))
    state = EDIT.applied_to(user()) if attached else user()
    hold_or_forget(state, decisions)
    assert [each.held for each in decisions.accepted("ID-alice")] == left


def test_nothing_is_forgotten_of_whoever_cannot_be_read(incident):
    decisions = decisions_of(World())
    decisions.accept(acceptance(incident, held=True))
    hold_or_forget(None, decisions)
    assert len(decisions.accepted("ID-alice")) == 1


@pytest.mark.parametrize(
    ("changed", "covers"),
    [
        pytest.param({}, True, id="the principal, the call and the time"),
        pytest.param({"call": "IAM:attachuserpolicy"}, True, id="in another case"),
        pytest.param({"principal": f"{MALLORY.arn}2"}, False, id="another principal"),
        pytest.param({"call": "iam:PutUserPolicy"}, False, id="another call"),
        pytest.param({"until": AT - timedelta(seconds=1)}, False, id="too late"),
        pytest.param({"at": AT + timedelta(seconds=1)}, False, id="announced afterwards"),
    ],
)
def test_an_announcement_covers_what_it_names(changed, covers):
    decisions = decisions_of(World())
    decisions.expect(replace(ANNOUNCED, **changed))
    assert (expected(attach(), decisions) is not None) is covers


@pytest.mark.parametrize(
    ("decide", "held", "alert"),
    [
        pytest.param(lambda _: None, None, "sent", id="nobody decided anything"),
        pytest.param(
            lambda made: made.promise("20260301-0", ["of-an-event"], "user mallory"),
            "user mallory makes it for incident 20260301-0",
            "none",
            id="a person makes the call by a plan",
        ),
        pytest.param(
            lambda made: made.promise("20260301-0", ["of-an-event"], "user olga"),
            None,
            "sent",
            id="another person has that plan",
        ),
        pytest.param(
            lambda made: made.expect(ANNOUNCED), "user olga announced it", "none", id="announced"
        ),
        pytest.param(
            lambda made: made.pause(PAUSE),
            "undoing is paused until 2026-03-01 13:00:00 UTC, by user olga",
            "sent",
            id="paused",
        ),
    ],
)
def test_what_is_decided_is_heeded_when_a_change_is_judged(decide, held, alert):
    world = World()
    decide(world.decisions)
    incident = evaluate(world.happens(attach()), world.evaluation())
    assert incident.held == held
    assert incident.alert == alert
    assert world.undos.requested == ([] if held else [incident.id])
    assert len(world.alerts.sent) == (alert == "sent")


def test_an_announced_change_waits_for_the_digest():
    world = World()
    world.decisions.expect(ANNOUNCED)
    incident = evaluate(world.happens(attach()), world.evaluation())
    assert incident.announced
    assert [*world.records.waiting()] == [incident.id]


def test_a_harmless_change_asks_no_decision():
    world = World()
    world.decisions.pause(PAUSE)
    incident = evaluate_quietly(world, attach(READER))
    assert "paused" not in str(incident.held)


def test_an_accepted_change_is_made_again_in_peace():
    world = World()
    first = evaluate_quietly(world, attach())
    world.decisions.accept(acceptance(first))
    undo(first.id, world.undoing())
    world.alerts.sent.clear()
    world.clock.sleep(60)
    again = attach(event_id="again", at=world.clock.now())
    incident = evaluate(world.happens(again), world.evaluation())
    assert incident.verdict.severity is Severity.INFO
    assert world.alerts.sent == []
    assert [each.held for each in world.decisions.accepted("ID-alice")] == [True]


@pytest.mark.parametrize(
    ("decide", "says"),
    [
        pytest.param(lambda _, __: None, None, id="nobody decided anything"),
        pytest.param(lambda made, _: made.pause(PAUSE), "is paused", id="paused"),
        pytest.param(
            lambda made, incident: made.accept(acceptance(incident)),
            "accepted by user olga",
            id="accepted",
        ),
    ],
)
def test_a_decision_stands_in_the_way_of_an_undo(incident, decide, says):
    decisions = decisions_of(World())
    decide(decisions, incident)
    found = stands_in_the_way(incident, decisions)
    assert (found is None) if says is None else (says in found)


def test_what_was_not_found_grave_is_not_accepted_either():
    world = World()
    harmless = evaluate_quietly(world, attach(READER))
    assert stands_in_the_way(harmless, world.decisions) is None

"""What was undone is looked at again, confirmed, and undone again only where nobody else will."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.decision import Acceptance, finding_key
from lambdas.model.incident import LOOKS, Ending, Incident, Outcome
from lambdas.model.state import Part
from lambdas.service.evaluate import evaluate
from lambdas.service.look import NothingUndoneError, look
from lambdas.service.newer import MOST_READ
from lambdas.service.ports import AlertNotSentError
from lambdas.service.undo import UnknownIncidentError, undo
from lambdas.settings import Settings
from tests.service.fakes import FakeReading
from tests.service.world import ADMIN, ALICE, ALL, AT, READ, World, attach, put, user

ATTACHED = Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess")


@pytest.fixture
def world() -> World:
    return World()


def undone(world: World, made: Change) -> Incident:
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident.undoes, incident.held
    ended = undo(incident.id, world.undoing())
    world.alerts.sent.clear()
    return ended


def looked(world: World, incident: Incident, number: int = 1) -> Incident | None:
    return look(incident.id, number, world.undoing())


def test_three_looks_are_asked_for_when_an_undo_has_ended(world: World) -> None:
    incident = undone(world, attach())
    assert world.undos.asked[1:] == [
        (incident.id, 10, 1),
        (incident.id, 60, 2),
        (incident.id, 300, 3),
    ]


def test_none_is_asked_for_where_the_undo_failed(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    world.reverts.failures = [{"transient": False, "gone": False}]
    undo(incident.id, world.undoing())
    assert len(world.undos.asked) == 1


def test_what_still_holds_is_confirmed_by_the_last_look_and_nobody_is_told(world: World) -> None:
    incident = undone(world, attach())
    for number in range(1, len(LOOKS) + 1):
        assert not world.records.incidents[incident.id].outcome.confirmed
        looked(world, incident, number)
    outcome = world.records.incidents[incident.id].outcome
    assert (outcome.ending, outcome.confirmed) == (Ending.RESTORED, True)
    assert (len(world.reverts.made), world.alerts.sent) == (1, [])


def test_what_is_in_force_again_is_undone_again_and_loud(world: World) -> None:
    incident = undone(world, attach())
    world.account.edit(ALICE, ATTACHED)
    outcome = looked(world, incident).outcome
    assert (outcome.ending, outcome.again, outcome.told) == (Ending.RESTORED, 1, True)
    assert outcome.says.startswith("10 s after the undo the change was in force again")
    assert world.account.world[ALICE] == user()
    assert world.subjects() == ["CRITICAL, AGAIN: RESTORED"]
    assert "no event has said who did it" in world.alerts.sent[0].body


def test_what_came_back_late_to_a_read_that_had_not_shown_it_is_undone(world: World) -> None:
    former = user(inline={"work": READ})
    world.account.have(former)
    world.records.history = [former]
    incident = evaluate(world.happens(put()), world.evaluation())
    attacked = world.account.world[ALICE]
    world.account.have(former)
    assert undo(incident.id, world.undoing()).outcome.ending is Ending.ALREADY_GONE
    assert world.reverts.made == []
    world.account.have(attacked)
    assert looked(world, incident).outcome.ending is Ending.RESTORED
    assert world.account.world[ALICE] == former


def test_what_somebody_made_again_is_left_to_the_incident_of_that(world: World) -> None:
    incident = undone(world, attach())
    again = attach(event_id="again", at=AT + timedelta(seconds=5))
    second = evaluate(world.happens(again), world.evaluation())
    assert looked(world, incident) is None
    assert len(world.reverts.made) == 1
    assert undo(second.id, world.undoing()).outcome.ending is Ending.RESTORED


def test_a_later_change_of_something_else_is_no_reason_to_look_away(world: World) -> None:
    incident = undone(world, attach())
    beside = put(READ, event_id="beside", at=AT + timedelta(seconds=5))
    evaluate(world.happens(beside), world.evaluation())
    world.account.edit(ALICE, ATTACHED)
    assert looked(world, incident).outcome.again == 1


def test_a_flood_of_changes_is_left_to_their_own_incidents(world: World) -> None:
    incident = undone(world, attach())
    for number in range(MOST_READ + 1):
        world.records.incidents[str(number)] = replace(incident, id=str(number))
    assert looked(world, incident) is None


def test_a_subject_without_id_has_no_newer_change(world: World) -> None:
    incident = undone(world, attach())
    world.records.incidents[incident.id] = replace(incident, unique_id=None)
    assert looked(world, incident).outcome.looked == 1


def test_what_was_overwritten_since_is_left_alone(world: World) -> None:
    incident = undone(world, put())
    world.account.edit(ALICE, Edit(Part.INLINE, "work", READ))
    assert looked(world, incident).outcome.looked == 0
    assert (len(world.reverts.made), world.alerts.sent) == (1, [])


def test_what_is_in_force_again_and_not_to_be_undone_any_more_is_told(world: World) -> None:
    incident = undone(world, attach())
    world.account.edit(ALICE, ATTACHED)
    world.settings = Settings()
    outcome = looked(world, incident).outcome
    assert (outcome.ending, outcome.again) == (Ending.ALERTED, 1)
    assert world.subjects() == ["CRITICAL, AGAIN: ALERTED ONLY"]
    assert looked(world, incident, 2) is None


def test_a_copy_of_a_look_does_nothing(world: World) -> None:
    incident = undone(world, attach())
    looked(world, incident)
    world.account.edit(ALICE, ATTACHED)
    assert looked(world, incident) is None


def test_a_look_that_finds_the_outcome_untold_tells_it_and_looks(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    world.alerts.sent.clear()
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        undo(incident.id, world.undoing())
    world.account.edit(ALICE, ATTACHED)
    assert looked(world, incident).outcome.again == 1
    assert world.subjects() == ["RESTORED", "CRITICAL, AGAIN: RESTORED"]


def test_a_look_takes_nothing_back_of_what_a_person_did_meanwhile(world: World) -> None:
    incident = undone(world, attach())
    made = Outcome(ending=Ending.MADE_AGAIN, says="made again", at=AT, told=True)
    reading = world.account.reading

    def slowly(*subjects: Any, **how: Any) -> FakeReading:
        world.records.save(incident.ended(made))
        return reading(*subjects, **how)

    world.account.reading = slowly  # type: ignore[method-assign]  # what happens during one call
    assert looked(world, incident).outcome == made
    assert world.records.incidents[incident.id].outcome == made


def test_mail_of_a_look_that_fails_is_sent_by_the_next_try(world: World) -> None:
    incident = undone(world, attach())
    world.account.edit(ALICE, ATTACHED)
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        looked(world, incident)
    assert looked(world, incident).outcome.told
    assert (len(world.reverts.made), len(world.alerts.sent)) == (2, 1)


@pytest.mark.parametrize("number", [0, len(LOOKS) + 1])
def test_a_forged_number_is_an_error(world: World, number: int) -> None:
    incident = undone(world, attach())
    with pytest.raises(NothingUndoneError):
        looked(world, incident, number)


def test_what_was_never_undone_is_not_looked_at(world: World) -> None:
    incident = evaluate(world.happens(put(READ)), world.evaluation())
    with pytest.raises(NothingUndoneError):
        looked(world, incident)


def test_a_look_at_what_nobody_recorded_is_an_error(world: World) -> None:
    with pytest.raises(UnknownIncidentError):
        look("20260301-forged", 1, world.undoing())


def test_a_text_that_gives_the_same_is_the_same_attack_to_no_look(world: World) -> None:
    """No event of it has come: what is there still gives what was found."""
    incident = undone(world, put())
    world.account.edit(ALICE, Edit(Part.INLINE, "work", ALL + " "))
    assert looked(world, incident).outcome.again == 1
    assert world.account.world[ALICE] == user()


def accepted(world: World, incident: Incident) -> None:
    world.decisions.accept(
        Acceptance(
            incident=incident.id,
            by="user olga",
            at=world.clock.now(),
            unique_id="ID-alice",
            findings=tuple(map(finding_key, incident.verdict.findings)),
            edits=incident.change.edits,
        )
    )
    world.happens(attach())


def test_what_was_accepted_meanwhile_is_not_looked_at(world: World) -> None:
    incident = undone(world, attach())
    accepted(world, incident)
    assert looked(world, incident) is None


def test_what_was_accepted_while_it_was_looked_is_no_alarm(world: World) -> None:
    incident = undone(world, attach())
    reading = world.account.reading

    def slowly(*subjects: Any, **how: Any) -> FakeReading:
        accepted(world, incident)
        return reading(*subjects, **how)

    world.account.reading = slowly  # type: ignore[method-assign]  # what happens during one call
    assert looked(world, incident) == incident
    assert (world.reverts.made[1:], world.alerts.sent) == ([], [])

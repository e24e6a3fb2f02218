"""Changes undone, and made again, by a person."""

import pytest

from lambdas.model.change import Edit
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending
from lambdas.model.state import Part
from lambdas.service.deciding import RefusedError
from lambdas.service.ports import AlertNotSentError
from lambdas.service.undo import undo
from lambdas.settings import Settings
from tests.service.deciding.asked import Asked, begun, does
from tests.service.world import (
    ADMIN,
    ALICE,
    READER,
    World,
    attach,
    change,
    evaluate_quietly,
    stop,
)

ALERTING = Settings()
NOWHERE = change("AttachUserPolicy", None)


@pytest.fixture
def asked():
    """Everything is told, nothing is undone without a person."""
    return Asked(World(settings=ALERTING))


def detached():
    return change("DetachUserPolicy", ALICE, Edit(Part.ATTACHED, READER.name, None))


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(attach(), id="a policy attached"),
        pytest.param(stop(), id="a trail stopped"),
        pytest.param(detached(), id="what gives something back"),
    ],
)
def test_a_person_undoes_what_is_left_to_people(asked, made):
    before = dict(asked.world.account.world)
    incident = evaluate_quietly(asked.world, made)
    assert does(asked, "revert", incident)["ending"] == "restored"
    assert asked.world.account.world == before
    outcome = asked.world.records.incidents[incident.id].outcome
    assert outcome.says.endswith("by user olga")
    assert outcome.told
    assert [each.split("]")[0] for each in asked.mailed()] == ["[DECIDED", "[RESTORED"]
    notes = [each.says for each in asked.decisions.notes(incident.id)]
    assert notes == ["began to undo the change", outcome.says]


def test_the_calls_are_noted_for_the_one_who_makes_them(asked):
    incident = evaluate_quietly(asked.world, attach())
    does(asked, "revert", incident)
    [call] = asked.world.reverts.made
    now = asked.world.clock.now()
    assert asked.decisions.promised(call_fingerprint(call), "user olga", now) == incident.id
    assert asked.decisions.promised(call_fingerprint(call), "user mallory", now) is None


def test_an_undo_is_taken_back_and_what_was_found_is_accepted():
    asked = Asked()
    incident = evaluate_quietly(asked.world, attach())
    undo(incident.id, asked.world.undoing())
    assert does(asked, "undo", incident)["ending"] == "made again"
    assert ADMIN.name in asked.world.account.world[ALICE].parts[Part.ATTACHED]
    assert len(asked.decisions.accepted("ID-alice")) == 1
    assert asked.world.records.incidents[incident.id].outcome.ending is Ending.MADE_AGAIN


def test_nothing_is_begun_when_the_account_has_changed(asked):
    incident = evaluate_quietly(asked.world, attach())
    with pytest.raises(RefusedError, match="has changed since"):
        asked.ask("begin", incident=incident.id, what="revert", fingerprints=["others"])
    assert asked.decisions.promises == {}


@pytest.mark.parametrize("what", ["revert", "undo"])
def test_whoever_begins_is_told_of_before_anything_is_kept(what):
    """Else whoever may ask could make a change known as a person's own, and make it in silence."""
    asked = Asked(World(settings=ALERTING) if what == "revert" else None)
    incident = evaluate_quietly(asked.world, attach())
    if what == "undo":
        undo(incident.id, asked.world.undoing())
    asked.world.alerts.sent.clear()
    begin = begun(asked, what, incident)
    asked.world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        begin()
    assert (asked.decisions.promises, asked.decisions.acceptances) == ({}, {})
    begin()
    assert asked.mailed()[0].startswith("[DECIDED] user olga began to ")
    assert "    aws iam " in asked.world.alerts.sent[0].body


@pytest.mark.parametrize(
    ("made", "what", "says"),
    [
        pytest.param(attach(), "undo", "nothing left", id="nothing was undone"),
        pytest.param(attach(), "sing", "nothing to do", id="something else"),
        pytest.param(NOWHERE, "revert", "does not say", id="an unknown target"),
        pytest.param(NOWHERE, "undo", "does not say", id="an unknown target again"),
        pytest.param(
            change("CreateUser", ALICE), "undo", "another one", id="a creation made again"
        ),
    ],
)
def test_what_cannot_be_done_is_refused(asked, made, what, says):
    incident = evaluate_quietly(asked.world, made)
    with pytest.raises(RefusedError, match=says):
        asked.ask("plan", incident=incident.id, what=what)

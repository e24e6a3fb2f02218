"""Changes undone, and made again, by a person."""

from datetime import timedelta

import pytest

from lambdas.model.change import Edit
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending
from lambdas.model.revert import Call
from lambdas.model.state import Part
from lambdas.service.deciding import RefusedError
from lambdas.service.deciding.deeds import BEGUN
from lambdas.service.deciding.ending import LONGEST_REASON
from lambdas.service.ports import AlertNotSentError
from lambdas.service.undo import undo
from lambdas.settings import Settings
from tests.service.deciding.asked import Asked
from tests.service.world import (
    ADMIN,
    ALICE,
    READER,
    World,
    attach,
    change,
    evaluate_quietly,
    put,
    stop,
)

ALERTING = Settings()
NOWHERE = change("AttachUserPolicy", None)


@pytest.fixture
def asked():
    """Everything is told, nothing is undone without a person."""
    return Asked(World(settings=ALERTING))


def does(asked, what, incident, failed=None):
    """All that the command line does, with the person's credentials."""
    planned = asked.ask("plan", incident=incident.id, what=what)
    calls = [Call(**each) for each in planned["calls"]]
    prints = [call_fingerprint(call) for call in calls]
    asked.ask("begin", incident=incident.id, what=what, fingerprints=prints)
    for call in calls if failed is None else ():
        asked.world.reverts.make(call)
    return asked.ask("finish", incident=incident.id, what=what, failed=failed)


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


def test_a_call_that_failed_is_told_with_what_is_left(asked):
    incident = evaluate_quietly(asked.world, attach())
    answer = does(asked, "revert", incident, failed="iam:DetachUserPolicy failed: AccessDenied")
    assert answer["ending"] == "failed"
    outcome = asked.world.records.incidents[incident.id].outcome
    assert "AccessDenied" in outcome.says
    assert "iam detach-user-policy" in outcome.commands[0]
    assert asked.mailed()[-1].startswith("[CRITICAL: UNDO FAILED]")


def test_calls_without_effect_are_a_failure(asked):
    incident = evaluate_quietly(asked.world, attach())
    asked.world.reverts.effect = False
    answer = does(asked, "revert", incident)
    assert answer["ending"] == "failed"
    assert "the account shows it not" in answer["says"]


def test_nothing_is_begun_when_the_account_has_changed(asked):
    incident = evaluate_quietly(asked.world, attach())
    with pytest.raises(RefusedError, match="has changed since"):
        asked.ask("begin", incident=incident.id, what="revert", fingerprints=["others"])
    assert asked.decisions.promises == {}


def begun(asked, what, incident):
    """What is planned, and begun, and never ended."""
    planned = asked.ask("plan", incident=incident.id, what=what)
    prints = [call_fingerprint(Call(**each)) for each in planned["calls"]]
    return lambda: asked.ask("begin", incident=incident.id, what=what, fingerprints=prints)


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
    "wait", [pytest.param(None, id="never"), pytest.param(BEGUN, id="too long ago")]
)
def test_what_was_not_begun_is_not_ended(asked, wait):
    """Else whoever may ask could end an incident whose undo is still to come."""
    incident = evaluate_quietly(asked.world, attach())
    if wait is not None:
        begun(asked, "revert", incident)()
        asked.world.clock.moment += wait + timedelta(seconds=1)
    with pytest.raises(RefusedError, match="did not begin"):
        asked.ask("finish", incident=incident.id, what="revert", failed="no")
    assert asked.world.records.incidents[incident.id].outcome is None


def test_a_person_who_fails_does_not_end_an_undo_that_is_still_to_come():
    asked = Asked()
    incident = evaluate_quietly(asked.world, attach())
    answer = does(asked, "revert", incident, failed="iam:DetachUserPolicy failed: AccessDenied")
    assert answer["ending"] == "failed"
    assert asked.mailed()[-1].startswith("[CRITICAL: UNDO FAILED]")
    assert asked.world.records.pending() == {"ID-alice"}
    assert undo(incident.id, asked.world.undoing()).outcome.ending is Ending.RESTORED


def test_a_person_who_fails_to_make_it_again_leaves_it_undone_and_not_accepted():
    asked = Asked()
    other = evaluate_quietly(asked.world, put())
    asked.ask("accept", incident=other.id)
    incident = evaluate_quietly(asked.world, attach())
    undo(incident.id, asked.world.undoing())
    answer = does(asked, "undo", incident, failed="iam:AttachUserPolicy failed: AccessDenied")
    assert answer["ending"] == "failed"
    assert asked.world.records.incidents[incident.id].outcome.ending is Ending.RESTORED
    assert [*asked.decisions.acceptances] == [other.id]


def test_a_reason_is_not_as_long_as_whoever_asks_wants(asked):
    incident = evaluate_quietly(asked.world, attach())
    answer = does(asked, "revert", incident, failed="x" * 300_000)
    assert len(answer["says"]) < 2 * LONGEST_REASON


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

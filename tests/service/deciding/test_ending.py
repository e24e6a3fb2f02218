"""How what a person did ends: read back, and kept only where it is the end."""

from datetime import timedelta

import pytest

from lambdas.model.incident import Ending
from lambdas.service.deciding import RefusedError
from lambdas.service.deciding.deeds import BEGUN
from lambdas.service.deciding.ending import LONGEST_REASON
from lambdas.service.undo import undo
from lambdas.settings import Settings
from tests.service.deciding.asked import Asked, begun, does
from tests.service.world import World, attach, evaluate_quietly, put

ALERTING = Settings()


@pytest.fixture
def asked():
    """Everything is told, nothing is undone without a person."""
    return Asked(World(settings=ALERTING))


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

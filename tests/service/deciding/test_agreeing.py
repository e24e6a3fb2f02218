"""Findings accepted."""

import pytest

from lambdas.model.change import Edit
from lambdas.model.decision import finding_key
from lambdas.model.state import Part
from lambdas.service.deciding import RefusedError
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import AlertNotSentError
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
    user,
)


def test_what_was_found_is_accepted_noted_and_told():
    asked = Asked()
    incident = evaluate_quietly(asked.world, attach())
    answer = asked.ask("accept", incident=incident.id)
    [held] = asked.decisions.accepted("ID-alice")
    assert held.findings == tuple(map(finding_key, incident.verdict.findings))
    assert held.edits == incident.change.edits
    assert answer["accepted"] == [each.says for each in incident.verdict.findings]
    assert [note.says for note in asked.decisions.notes(incident.id)] == ["accepted its findings"]
    assert asked.mailed() == [f"[DECIDED] user olga accepted incident {incident.id}"]


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(attach(READER), id="nothing was found"),
        pytest.param(change("AttachUserPolicy", None), id="whose it is is not known"),
    ],
)
def test_there_may_be_nothing_to_accept(made):
    asked = Asked()
    incident = evaluate_quietly(asked.world, made)
    with pytest.raises(RefusedError, match="nothing that could be accepted"):
        asked.ask("accept", incident=incident.id)
    assert asked.decisions.acceptances == {}


def test_nothing_is_accepted_in_silence():
    asked = Asked()
    incident = evaluate_quietly(asked.world, attach())
    asked.world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        asked.ask("accept", incident=incident.id)
    assert asked.decisions.acceptances == {}


def test_what_was_accepted_and_taken_away_is_not_accepted_once_more():
    """No event needs to come between the acceptance and the taking away."""
    asked = Asked(World(settings=Settings()))
    incident = evaluate_quietly(asked.world, attach())
    asked.ask("accept", incident=incident.id)
    taken = change("DetachUserPolicy", ALICE, Edit(Part.ATTACHED, ADMIN.name, None))
    evaluate_quietly(asked.world, taken)
    evaluate(asked.world.happens(attach(event_id="again")), asked.world.evaluation())
    assert asked.mailed()[0].startswith("[CRITICAL]")


@pytest.mark.parametrize(
    ("unreadable", "is_attached", "held"),
    [
        pytest.param(0, True, True, id="it is there"),
        pytest.param(0, False, False, id="it is undone, and may be made again"),
        pytest.param(1, True, True, id="whether it is there cannot be read"),
    ],
)
def test_an_acceptance_holds_from_when_what_is_accepted_is_there(unreadable, is_attached, held):
    asked = Asked(World(settings=Settings()))
    incident = evaluate_quietly(asked.world, attach())
    if not is_attached:
        asked.world.account.have(user())
    asked.world.account.unreadable[ALICE] = unreadable
    asked.ask("accept", incident=incident.id)
    assert [each.held for each in asked.decisions.accepted("ID-alice")] == [held]

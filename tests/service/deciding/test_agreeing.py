"""Findings accepted."""

import pytest

from lambdas.model.decision import finding_key
from lambdas.service.deciding import RefusedError
from lambdas.service.ports import AlertNotSentError
from tests.service.deciding.asked import Asked
from tests.service.world import READER, attach, change, evaluate_quietly


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

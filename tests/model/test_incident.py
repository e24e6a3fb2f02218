from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdas.model.incident import Alert, Ending, Incident, Outcome, incident_id
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.verdict import Verdict
from tests.model.strategies import INCIDENTS, OUTCOMES

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
UNTOLD = Outcome(ending=Ending.RESTORED, says="done", at=NOON)


@given(st.text(st.characters()), st.text(st.characters()))
def test_an_incidents_id_is_the_events_and_safe_to_read_aloud(first: str, second: str) -> None:
    assert (incident_id(first, NOON) == incident_id(second, NOON)) is (first == second)
    assert incident_id(first, NOON).startswith("20260301-")
    assert incident_id(first, NOON).replace("-", "").isalnum()


def test_an_event_id_of_any_text_gives_an_id() -> None:
    assert incident_id("\ud800", NOON) != incident_id("", NOON)


@pytest.mark.parametrize(
    ("alert", "outcome", "owes"),
    [
        pytest.param(Alert.NONE, None, False, id="not for what is only recorded"),
        pytest.param(Alert.SENT, None, False, id="not for an alert that is out"),
        pytest.param(Alert.SENT, replace(UNTOLD, told=True), False, id="not for a told outcome"),
        pytest.param(Alert.OWED, None, True, id="for an alert that is not out"),
        pytest.param(Alert.SENT, UNTOLD, True, id="for an outcome that is not told"),
    ],
)
@settings(max_examples=25)
@given(incident=INCIDENTS)
def test_whether_a_mail_is_owed(
    alert: Alert, outcome: Outcome, owes: bool, incident: Incident
) -> None:
    assert replace(incident, alert=alert, outcome=outcome).owes is owes


@pytest.mark.parametrize(
    ("severity", "planned_by", "waits"),
    [
        pytest.param(Severity.INFO, None, False, id="not what nobody needs to know"),
        pytest.param(Severity.MEDIUM, None, False, id="not what is mailed at once"),
        pytest.param(Severity.LOW, "20260301-1", False, id="not a call of our own"),
        pytest.param(Severity.LOW, None, True, id="what is of low severity"),
    ],
)
@settings(max_examples=25)
@given(incident=INCIDENTS)
def test_what_waits_for_the_digest(
    severity: Severity, planned_by: str | None, waits: bool, incident: Incident
) -> None:
    verdict = Verdict(problems=(Problem("x", severity),))
    assert replace(incident, verdict=verdict, planned_by=planned_by).waits is waits


@settings(max_examples=25)
@given(INCIDENTS, OUTCOMES)
def test_an_incident_ends_with_its_outcome(incident: Incident, outcome: Outcome) -> None:
    assert incident.ended(outcome) == replace(incident, outcome=outcome)


@settings(max_examples=25)
@given(INCIDENTS)
def test_an_incident_is_undone_unless_it_is_held(incident: Incident) -> None:
    assert replace(incident, held=None).undoes
    assert not replace(incident, held="because").undoes

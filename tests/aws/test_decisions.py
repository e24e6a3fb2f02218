from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lambdas.aws.decisions import MADE_WITHIN, TableDecisions
from lambdas.model.change import Edit
from lambdas.model.decision import Acceptance, Expectation, Note, Pause
from lambdas.model.state import Part
from tests.aws.conftest import TABLE
from tests.service.world import tagged

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
ACCEPTANCE = Acceptance(
    incident="20260301-1",
    by="user olga",
    at=NOW,
    unique_id="AIDA1",
    findings=("one",),
    edits=(Edit(Part.ATTACHED, "arn:p", "p"),),
)
NOTE = Note(by="user olga", at=NOW, says="accepted its findings")
EXPECTATION = Expectation(
    by="user olga", at=NOW, until=NOW + HOUR, principal="arn:u", call="iam:AttachUserPolicy"
)
PAUSE = Pause(by="user olga", at=NOW, until=NOW + HOUR)


@pytest.fixture
def decisions(dynamodb):
    return TableDecisions(dynamodb, TABLE)


def test_nothing_is_decided_at_first(decisions):
    assert decisions.notes("20260301-1") == ()
    assert decisions.accepted("AIDA1") == ()
    assert decisions.expected() == ()
    assert decisions.paused() is None
    assert decisions.promised("f", "user olga", NOW) is None


def test_notes_come_in_the_order_in_which_they_were_made(decisions):
    later = replace(NOTE, at=NOW + HOUR)
    decisions.note("20260301-1", later)
    decisions.note("20260301-1", NOTE)
    assert decisions.notes("20260301-1") == (NOTE, later)


def test_a_note_is_no_part_of_its_incident(decisions, records):
    incident = tagged()
    records.save(incident)
    decisions.note(incident.id, NOTE)
    assert records.incident(incident.id) == incident


def test_what_is_accepted_is_found_by_its_subject_until_it_is_forgotten(decisions):
    decisions.accept(ACCEPTANCE)
    decisions.accept(replace(ACCEPTANCE, held=True))
    assert decisions.accepted("AIDA1") == (replace(ACCEPTANCE, held=True),)
    assert decisions.accepted("AIDA2") == ()
    decisions.forget(ACCEPTANCE)
    assert decisions.accepted("AIDA1") == ()


def test_what_is_announced_is_found(decisions):
    decisions.expect(EXPECTATION)
    assert decisions.expected() == (EXPECTATION,)


def test_a_pause_holds_until_it_is_ended(decisions):
    decisions.pause(PAUSE)
    assert decisions.paused() == PAUSE
    decisions.resume()
    assert decisions.paused() is None


def test_a_pause_whose_time_is_over_holds_no_more(decisions):
    decisions.pause(replace(PAUSE, until=NOW - timedelta(seconds=1)))
    assert decisions.paused() is None


def test_a_promise_is_that_of_one_principal(decisions):
    decisions.promise("20260301-1", ["f", "g"], "user olga")
    now = datetime.now(UTC)
    assert decisions.promised("g", "user olga", now) == "20260301-1"
    assert decisions.promised("g", "user mallory", now) is None


@pytest.mark.parametrize(
    ("after", "known"),
    [
        pytest.param(-HOUR, False, id="long before it was promised"),
        pytest.param(timedelta(seconds=-2), True, id="in the second of the promise"),
        pytest.param(MADE_WITHIN - timedelta(seconds=5), True, id="some minutes later"),
        pytest.param(MADE_WITHIN + timedelta(seconds=5), False, id="later than a person takes"),
    ],
)
def test_a_promise_is_of_calls_made_soon(decisions, after, known):
    decisions.promise("20260301-1", ["g"], "user olga")
    found = decisions.promised("g", "user olga", datetime.now(UTC) + after)
    assert (found is not None) is known


def test_incidents_of_a_time_are_listed_the_newest_first(decisions, records):
    moments = [NOW, NOW - timedelta(hours=30), NOW - timedelta(days=3)]
    saved = [tagged(str(number), at) for number, at in enumerate(moments)]
    for incident in saved:
        records.save(incident)
    found = [*decisions.incidents(NOW - timedelta(days=2), NOW)]
    assert found == [saved[0].id, saved[1].id]

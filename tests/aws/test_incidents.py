from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import shake_256
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mypy_boto3_dynamodb import DynamoDBClient

from lambdas.aws import chunks
from lambdas.aws.records import TableRecords
from lambdas.model.incident import Alert, Contained, Ending, Incident, Outcome
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind, Subject
from lambdas.model.verdict import Verdict
from lambdas.service.ports import UnreadableItemError
from tests.aws.conftest import TABLE
from tests.model.strategies import INCIDENTS, OUTCOMES
from tests.service.world import World, attach, evaluate_quietly

SECOND = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)


EXAMPLES = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
Writes = list[tuple[Alert, Outcome | None]]
"""What each writer of an incident knows of its alert and its outcome."""
WRITES = st.lists(st.tuples(st.sampled_from(Alert), st.none() | OUTCOMES), min_size=1, max_size=3)
LOW = Verdict(problems=(Problem("iam:RenameUser is not in the catalogue", Severity.LOW),))


def noise(seed: int, length: int) -> str:
    """A text that hardly compresses."""
    return shake_256(str(seed).encode()).hexdigest(length // 2)


@pytest.fixture
def wide(incident: Incident) -> Incident:
    """A group's change that reaches thousands of users, with something found of each."""
    users = tuple(Subject(Kind.USER, f"user-{noise(number, 60)}") for number in range(5_000))
    [finding] = incident.verdict.findings
    found = tuple(
        replace(finding, principal=each, says=noise(number, 160))
        for number, each in enumerate(users)
    )
    return replace(
        incident, id="20260301-9", affected=users, verdict=Verdict(found), alert=Alert.OWED
    )


@pytest.fixture
def incident() -> Incident:
    return replace(evaluate_quietly(World(), attach()), id="20260301-1")


def test_what_was_never_saved_is_none(records: TableRecords) -> None:
    assert records.incident("20260301-1") is None
    assert list(records.owed()) == []


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks for everything, many of them."""
    monkeypatch.setattr(chunks, "INLINE", 50)
    monkeypatch.setattr(chunks, "CHUNK", 500)


@EXAMPLES
@given(incident=INCIDENTS)
def test_any_incident_comes_back_as_it_was(records: TableRecords, incident: Incident) -> None:
    saved = replace(incident, id=f"incident-{abs(hash(repr(incident)))}")
    records.save(saved)
    assert records.incident(saved.id) == saved


@settings(EXAMPLES, max_examples=10)
@given(incident=INCIDENTS, writes=WRITES)
@pytest.mark.usefixtures("tiny")
def test_whatever_is_written_in_whatever_order_the_last_is_read_with_all_that_was_noted(
    records: TableRecords, dynamodb: DynamoDBClient, incident: Incident, writes: Writes
) -> None:
    name = f"incident-{uuid4()}"
    sent, noted = False, None
    for alert, outcome in writes:
        records.save(replace(incident, id=name, alert=alert, outcome=outcome))
        sent, noted = sent or alert is Alert.SENT, outcome or noted
        expected = replace(incident, id=name, alert=Alert.SENT if sent else alert, outcome=noted)
        assert records.incident(name) == expected
        assert (expected in records.owed()) is expected.owes
    [item] = [each for each in items(dynamodb, name) if "call" in each]
    named = sum(len(chunks.keys("", item.get(each))) for each in ("data", "outcome"))
    assert len(items(dynamodb, name)) == 1 + named


def test_an_incident_shows_what_people_search_for(
    records: TableRecords, dynamodb: DynamoDBClient, incident: Incident
) -> None:
    records.save(incident)
    found = dynamodb.scan(TableName=TABLE)["Items"]
    [item] = [each for each in found if each["sk"]["S"] == "incident"]
    assert {name: item[name]["S"] for name in ("call", "severity", "at")} == {
        "call": "iam:AttachUserPolicy",
        "severity": "critical",
        "at": "2026-03-01T12:00:05.000000",
    }


def test_changes_to_a_subject_are_found_from_a_moment_on(
    records: TableRecords, incident: Incident
) -> None:
    later = SECOND + timedelta(seconds=1)
    second = replace(incident, id="20260301-2", change=replace(incident.change, at=later))
    own = replace(second, id="20260301-3", planned_by=incident.id)
    other = replace(second, id="20260301-4", unique_id="ANOTHER")
    unknown = replace(second, id="20260301-5", unique_id=None)
    for each in (incident, second, own, other, unknown):
        records.save(each)
    assert records.touching(incident.unique_id, SECOND) == (incident.id, second.id)
    assert records.touching(incident.unique_id, later) == (second.id,)


def test_a_mail_is_owed_until_it_is_sent(records: TableRecords, incident: Incident) -> None:
    owed = replace(incident, alert=Alert.OWED)
    records.save(owed)
    assert list(records.owed()) == [owed]
    records.save(replace(owed, alert=Alert.SENT))
    assert list(records.owed()) == []


@pytest.mark.parametrize("alert", [Alert.OWED, Alert.PUT_OFF])
def test_an_alert_that_is_out_is_noted_and_nothing_else_of_it(
    records: TableRecords, incident: Incident, alert: Alert
) -> None:
    due = replace(incident, alert=alert)
    records.save(due)
    assert [*records.owed()] == [due]
    ended = due.ended(Outcome(ending=Ending.RESTORED, says="x", at=SECOND))
    records.save(ended)
    records.alerted(due)
    assert [*records.owed()] == [replace(ended, alert=Alert.SENT)]
    records.told(ended)
    assert [*records.owed()] == []


def test_an_alert_that_is_out_is_owed_no_longer(records: TableRecords, incident: Incident) -> None:
    due = replace(incident, alert=Alert.PUT_OFF)
    records.save(due)
    records.alerted(due)
    assert [*records.owed()] == []
    assert records.incident(due.id) == replace(due, alert=Alert.SENT)


def test_an_outcome_is_owed_until_it_is_told(records: TableRecords, incident: Incident) -> None:
    ended = incident.ended(Outcome(ending=Ending.FAILED, says="x", at=SECOND))
    records.save(ended)
    assert list(records.owed()) == [ended]
    records.told(ended)
    assert list(records.owed()) == []
    assert records.incident(incident.id) == incident.ended(replace(ended.outcome, told=True))


def test_only_the_outcome_that_was_told_is_noted_as_told(
    records: TableRecords, incident: Incident
) -> None:
    first = incident.ended(Outcome(ending=Ending.RESTORED, says="x", at=SECOND))
    later = incident.ended(Outcome(ending=Ending.FAILED, says="y", at=SECOND + timedelta(1)))
    about_actor = incident.ended(replace(later.outcome, contained=Contained(says="z")))
    for known, told in ((first, later), (later, first), (about_actor, later), (later, incident)):
        records.save(known)
        records.told(told)
        assert list(records.owed()) == [known]


def test_an_alert_is_owed_also_when_the_outcome_is_told(
    records: TableRecords, incident: Incident
) -> None:
    ended = replace(incident, alert=Alert.OWED).ended(
        Outcome(ending=Ending.FAILED, says="x", at=SECOND)
    )
    records.save(ended)
    records.told(ended)
    assert [each.outcome.told for each in records.owed()] == [True]


def test_a_writer_that_knows_less_takes_nothing_back(
    records: TableRecords, incident: Incident
) -> None:
    outcome = Outcome(ending=Ending.RESTORED, says="x", at=SECOND, told=True)
    stale = replace(incident, alert=Alert.OWED)
    for each in (stale, replace(incident, alert=Alert.SENT), stale.ended(outcome), stale):
        records.save(each)
    assert records.incident(incident.id) == replace(incident, alert=Alert.SENT, outcome=outcome)
    assert list(records.owed()) == []


def items(dynamodb: DynamoDBClient, name: str) -> list[dict[str, Any]]:
    answer = dynamodb.query(
        TableName=TABLE,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"incident#{name}"}},
    )
    return answer["Items"]


def chunk_keys(dynamodb: DynamoDBClient) -> list[str]:
    sort_keys = (item["sk"]["S"] for item in dynamodb.scan(TableName=TABLE)["Items"])
    return [each for each in sort_keys if each.startswith("chunk#")]


def test_an_incident_of_thousands_comes_back_as_it_was(
    records: TableRecords, dynamodb: DynamoDBClient, wide: Incident
) -> None:
    records.save(wide)
    assert len(chunk_keys(dynamodb)) >= 2
    assert records.incident(wide.id) == wide


def test_an_outcome_with_long_commands_comes_back_as_it_was(
    records: TableRecords, wide: Incident
) -> None:
    outcome = Outcome(ending=Ending.FAILED, says="x", at=SECOND, commands=(noise(0, 600_000),))
    for each in (wide, wide.ended(outcome), wide):
        records.save(each)
    assert records.incident(wide.id) == wide.ended(outcome)
    assert list(records.owed()) == [wide.ended(outcome)]


def test_chunks_that_were_replaced_are_deleted(
    records: TableRecords, dynamodb: DynamoDBClient, wide: Incident
) -> None:
    records.save(wide)
    former = chunk_keys(dynamodb)
    records.save(replace(wide, alert=Alert.SENT))
    assert len(chunk_keys(dynamodb)) == len(former)
    assert not {*former} & {*chunk_keys(dynamodb)}
    records.save(replace(wide, affected=(), verdict=Verdict()))
    assert chunk_keys(dynamodb) == []


def test_a_write_that_the_sdk_repeats_keeps_its_chunks(
    records: TableRecords,
    dynamodb: DynamoDBClient,
    wide: Incident,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    update = dynamodb.update_item

    def twice(**how: Any) -> Any:
        update(**how)
        return update(**how)

    monkeypatch.setattr(dynamodb, "update_item", twice)
    records.save(wide)
    assert records.incident(wide.id) == wide


def test_a_reader_that_a_writer_overtakes_reads_what_was_written_last(
    records: TableRecords, wide: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.save(wide)
    newer = replace(wide, alert=Alert.SENT)
    read, overtaking = chunks.read, [newer]

    def overtaken(*given: Any) -> bytes:
        if overtaking:
            records.save(overtaking.pop())
        return read(*given)

    monkeypatch.setattr(chunks, "read", overtaken)
    assert records.incident(wide.id) == newer


def test_an_incident_that_lacks_a_chunk_is_an_error_and_hides_no_other(
    records: TableRecords, dynamodb: DynamoDBClient, wide: Incident, incident: Incident
) -> None:
    owed = replace(incident, alert=Alert.OWED)
    records.save(wide)
    records.save(owed)
    lost = {"pk": {"S": f"incident#{wide.id}"}, "sk": {"S": chunk_keys(dynamodb)[0]}}
    dynamodb.delete_item(TableName=TABLE, Key=lost)
    found = iter(records.owed())
    assert next(found) == owed
    with pytest.raises(UnreadableItemError, match="lacks chunk#"):
        next(found)


def test_what_is_of_low_severity_waits_for_the_digest(
    records: TableRecords, incident: Incident
) -> None:
    low = replace(incident, verdict=LOW, alert=Alert.NONE)
    own = replace(low, id="20260301-2", planned_by=incident.id)
    for each in (low, low, own, replace(incident, id="20260301-3")):
        records.save(each)
    assert records.waiting() == {low.id: low.change.at}


def test_what_was_digested_waits_no_longer(records: TableRecords, incident: Incident) -> None:
    ids = [f"20260301-{number}" for number in range(60)]
    for each in ids:
        records.save(replace(incident, id=each, verdict=LOW))
    records.digested(ids[1:])
    assert list(records.waiting()) == ids[:1]
    records.digested(ids)
    assert records.waiting() == {}


def test_a_pointer_without_its_incident_is_passed_over(
    records: TableRecords, dynamodb: DynamoDBClient
) -> None:
    dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": "owed"}, "sk": {"S": "20260301-2"}})
    assert list(records.owed()) == []


def test_the_incidents_about_a_subject_are_found(records: TableRecords, incident: Incident) -> None:
    records.save(incident)
    subject = incident.change.subject
    assert subject is not None
    assert [each.id for each in records.about(subject)] == [incident.id]
    assert records.about(Subject(Kind.USER, "somebody-else")) == []

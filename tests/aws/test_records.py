from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from mypy_boto3_dynamodb import DynamoDBClient

from lambdas.aws import items
from lambdas.aws import records as module
from lambdas.aws.records import TableRecords
from lambdas.model.incident import Alert, Ending, Incident, Outcome
from lambdas.model.state import Part, State, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.service.ports import HeldError
from tests.aws.conftest import TABLE
from tests.model.strategies import INCIDENTS
from tests.service.world import World, attach, evaluate_quietly

SECOND = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def state(as_of: datetime = SECOND, unique_id: Any = "AIDA1", **parts: Any) -> State:
    return State(
        subject=Subject(Kind.USER, "alice"),
        unique_id=unique_id,
        arn="arn:aws:iam::123456789012:user/alice",
        as_of=as_of,
        parts={Part(part): held for part, held in parts.items()},
    )


@pytest.fixture
def incident() -> Incident:
    return replace(evaluate_quietly(World(), attach()), id="20260301-1")


class TestClaims:
    def test_work_is_taken_once(self, records: TableRecords) -> None:
        assert records.claim("a") == 1
        with pytest.raises(HeldError):
            records.claim("a")
        assert records.claim("b") == 1

    def test_finished_work_is_never_taken_again(self, records: TableRecords) -> None:
        records.claim("a")
        records.finish("a")
        assert records.claim("a") is None

    def test_finished_work_stays_so_if_it_is_let_go_of_later(self, records: TableRecords) -> None:
        records.claim("a")
        records.finish("a")
        records.release("a")
        assert records.claim("a") is None

    def test_work_that_was_let_go_of_is_taken_up(self, records: TableRecords) -> None:
        records.claim("a")
        records.release("a")
        assert records.claim("a") == 2

    def test_work_whose_lease_has_ended_is_taken_up(
        self, records: TableRecords, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "LEASE", timedelta(seconds=-2))
        assert [records.claim("a"), records.claim("a")] == [1, 2]

    def test_another_failure_is_no_held_claim(self, dynamodb: DynamoDBClient) -> None:
        with pytest.raises(ClientError, match="ResourceNotFound"):
            TableRecords(dynamodb, "missing").claim("a")

    def test_a_claim_is_forgotten_in_the_end(
        self, records: TableRecords, dynamodb: DynamoDBClient
    ) -> None:
        records.claim("a")
        [item] = dynamodb.scan(TableName=TABLE)["Items"]
        assert int(item["expires"]["N"]) > datetime.now(UTC).timestamp() + 86_400
        assert item["v"] == {"N": "1"}


class TestPendingUndos:
    def test_a_subject_is_pending_until_every_undo_of_it_has_ended(
        self, records: TableRecords, incident: Incident
    ) -> None:
        both = [replace(incident, id=each, unique_id="AIDA1") for each in ("one", "two")]
        other = replace(incident, id="three", unique_id="AIDA2")
        for each in (*both, other):
            records.pend(each)
        assert records.pending() == {"AIDA1", "AIDA2"}
        records.settle(both[0])
        assert records.pending() == {"AIDA1", "AIDA2"}
        records.settle(both[1])
        assert records.pending() == {"AIDA2"}


class TestHistories:
    def test_what_was_never_read_is_unknown(self, records: TableRecords) -> None:
        assert records.before("AIDA1", SECOND) == Unknown(
            "no state of it was read before 2026-03-01 12:00:05 UTC"
        )

    def test_what_has_no_id_is_unknown(self, records: TableRecords) -> None:
        assert isinstance(records.before(None, SECOND), Unknown)

    def test_the_newest_before_a_moment_counts(self, records: TableRecords) -> None:
        ages = [state(SECOND - timedelta(hours=hours)) for hours in (3, 1, 2)]
        records.remember(ages)
        assert records.before("AIDA1", SECOND) == ages[1]

    @pytest.mark.parametrize(
        ("as_of", "counts"),
        [
            pytest.param(SECOND + TICK, False, id="not after the second"),
            pytest.param(SECOND, False, id="not at its first moment"),
            pytest.param(SECOND - TICK, True, id="just before it"),
        ],
    )
    def test_the_edge_of_a_second(
        self, records: TableRecords, as_of: datetime, counts: bool
    ) -> None:
        records.remember([state(as_of)])
        assert isinstance(records.before("AIDA1", SECOND), State) is counts

    def test_another_user_has_another_history(self, records: TableRecords) -> None:
        records.remember([state(SECOND - TICK, unique_id="AIDA2")])
        assert isinstance(records.before("AIDA1", SECOND), Unknown)

    def test_documents_come_back_as_they_were(self, records: TableRecords) -> None:
        text = '{ "a":\t"Ü\u202e🙂",\r\n}' + " " * 131_072
        kept = state(SECOND - TICK, inline={"work": text})
        records.remember([kept])
        assert records.before("AIDA1", SECOND) == kept

    def test_more_than_one_request_takes(self, records: TableRecords) -> None:
        ages = [state(SECOND - timedelta(minutes=minutes)) for minutes in range(1, 61)]
        records.remember(ages)
        assert [records.before("AIDA1", each.as_of + TICK) for each in ages] == ages

    def test_what_dynamodb_did_not_take_is_written_again(
        self, records: TableRecords, dynamodb: DynamoDBClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write, refusals, breaths = dynamodb.batch_write_item, [3], []

        def refusing(RequestItems: Any) -> Any:  # noqa: N803 - boto3's own name
            wanted = RequestItems[TABLE]
            refused = [wanted.pop() for _ in range(refusals.pop())] if refusals else []
            write(RequestItems={TABLE: wanted})
            return {"UnprocessedItems": {TABLE: refused} if refused else {}}

        monkeypatch.setattr(dynamodb, "batch_write_item", refusing)
        monkeypatch.setattr(module.time, "sleep", breaths.append)
        ages = [state(SECOND - timedelta(minutes=minutes)) for minutes in range(1, 31)]
        records.remember(ages)
        assert [records.before("AIDA1", each.as_of + TICK) for each in ages] == ages
        assert len(breaths) == 1

    def test_a_state_too_large_to_keep_is_unknown_and_no_older_one(
        self, records: TableRecords, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(items, "LARGEST", 400)
        records.remember([state(SECOND - timedelta(hours=1))])
        noise = "".join(chr(200 + number * 7919 % 5000) for number in range(400))
        records.remember([state(SECOND - TICK, inline={"padded": noise})])
        unknown = records.before("AIDA1", SECOND)
        assert isinstance(unknown, Unknown)
        assert "too large to keep" in unknown.reason

    def test_what_is_kept_fits_an_item(self) -> None:
        assert items.LARGEST < 400 * 1024 - 2048

    def test_a_state_that_cannot_be_read_is_unknown(
        self, records: TableRecords, dynamodb: DynamoDBClient
    ) -> None:
        records.remember([state(SECOND - TICK)])
        [item] = dynamodb.scan(TableName=TABLE)["Items"]
        dynamodb.put_item(TableName=TABLE, Item={**item, "data": {"B": b"spoilt"}})
        assert isinstance(records.before("AIDA1", SECOND), Unknown)


class TestIncidents:
    def test_what_was_never_saved_is_none(self, records: TableRecords) -> None:
        assert records.incident("20260301-1") is None
        assert list(records.owed()) == []

    @settings(
        max_examples=25,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(incident=INCIDENTS)
    def test_any_incident_comes_back_as_it_was(
        self, records: TableRecords, incident: Incident
    ) -> None:
        saved = replace(incident, id=f"incident-{abs(hash(repr(incident)))}")
        records.save(saved)
        assert records.incident(saved.id) == saved

    def test_an_incident_shows_what_people_search_for(
        self, records: TableRecords, dynamodb: DynamoDBClient, incident: Incident
    ) -> None:
        records.save(incident)
        [item] = dynamodb.scan(TableName=TABLE)["Items"]
        assert {name: item[name]["S"] for name in ("call", "severity", "at")} == {
            "call": "iam:AttachUserPolicy",
            "severity": "critical",
            "at": "2026-03-01T12:00:05.000000",
        }

    def test_a_mail_is_owed_until_it_is_sent(
        self, records: TableRecords, incident: Incident
    ) -> None:
        owed = replace(incident, alert=Alert.OWED)
        records.save(owed)
        assert list(records.owed()) == [owed]
        records.save(replace(owed, alert=Alert.SENT))
        assert list(records.owed()) == []

    def test_an_outcome_is_owed_until_it_is_told(
        self, records: TableRecords, incident: Incident
    ) -> None:
        ended = incident.ended(Outcome(ending=Ending.FAILED, says="x", at=SECOND))
        records.save(ended)
        assert list(records.owed()) == [ended]
        records.save(incident.ended(replace(ended.outcome, told=True)))
        assert list(records.owed()) == []

    def test_a_writer_that_knows_less_takes_nothing_back(
        self, records: TableRecords, incident: Incident
    ) -> None:
        outcome = Outcome(ending=Ending.RESTORED, says="x", at=SECOND, told=True)
        stale = replace(incident, alert=Alert.OWED)
        for each in (stale, replace(incident, alert=Alert.SENT), stale.ended(outcome), stale):
            records.save(each)
        assert records.incident(incident.id) == replace(incident, alert=Alert.SENT, outcome=outcome)
        assert list(records.owed()) == []

    def test_a_pointer_without_its_incident_is_passed_over(
        self, records: TableRecords, dynamodb: DynamoDBClient
    ) -> None:
        dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": "owed"}, "sk": {"S": "20260301-2"}})
        assert list(records.owed()) == []


class TestPlans:
    def test_a_call_that_was_not_planned(self, records: TableRecords) -> None:
        assert records.planned("f") is None

    def test_planned_calls_name_their_incident(self, records: TableRecords) -> None:
        records.plan("20260301-1", ["f", "g"])
        assert [records.planned(each) for each in "fgh"] == ["20260301-1", "20260301-1", None]

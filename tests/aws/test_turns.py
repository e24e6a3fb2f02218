"""The turns in DynamoDB: written only over what was read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError
from mypy_boto3_dynamodb import DynamoDBClient

from lambdas.aws.records import TableRecords
from lambdas.model.turn import Turn, Turns
from lambdas.service.ports import UnreadableItemError
from tests.aws.conftest import TABLE

TURN = Turn("20260301-1", "AIDA1", datetime(2026, 3, 1, 12, 0, 5, 250_000, tzinfo=UTC))


def test_at_first_there_are_none(records: TableRecords) -> None:
    assert records.turns() == Turns()


def test_what_is_written_is_read(records: TableRecords) -> None:
    assert records.take(Turns(taken=(TURN,), refused=(TURN, TURN)))
    assert records.turns() == Turns(taken=(TURN,), refused=(TURN, TURN), revision=1)
    assert records.take(replace(records.turns(), taken=()))
    assert records.turns() == Turns(refused=(TURN, TURN), revision=2)


def test_who_has_read_before_another_wrote_writes_nothing(records: TableRecords) -> None:
    former = records.turns()
    assert records.take(replace(former, taken=(TURN,)))
    assert not records.take(replace(former, taken=(TURN, TURN)))
    assert records.turns().taken == (TURN,)


def test_another_failure_is_no_conflict(dynamodb: DynamoDBClient) -> None:
    with pytest.raises(ClientError, match="ResourceNotFound"):
        TableRecords(dynamodb, "missing").take(Turns())


def test_what_is_no_turn_is_unreadable(records: TableRecords, dynamodb: DynamoDBClient) -> None:
    item = {"pk": {"S": "turns"}, "sk": {"S": "turns"}, "data": {"B": b"x"}, "revision": {"N": "1"}}
    dynamodb.put_item(TableName=TABLE, Item=item)
    with pytest.raises(UnreadableItemError):
        records.turns()

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from mypy_boto3_dynamodb import DynamoDBClient

from lambdas.aws import claims as module
from lambdas.aws.records import TableRecords
from lambdas.service.ports import HeldError
from tests.aws.conftest import TABLE


def test_work_is_taken_once(records: TableRecords) -> None:
    assert records.claim("a") == 1
    with pytest.raises(HeldError):
        records.claim("a")
    assert records.claim("b") == 1


def test_finished_work_is_never_taken_again(records: TableRecords) -> None:
    records.claim("a")
    records.finish("a")
    assert records.claim("a") is None


def test_finished_work_stays_so_if_it_is_let_go_of_later(records: TableRecords) -> None:
    records.claim("a")
    records.finish("a")
    records.release("a")
    assert records.claim("a") is None


def test_work_that_was_let_go_of_is_taken_up(records: TableRecords) -> None:
    records.claim("a")
    records.release("a")
    assert records.claim("a") == 2


def test_work_whose_lease_has_ended_is_taken_up(
    records: TableRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE", timedelta(seconds=-2))
    assert [records.claim("a"), records.claim("a")] == [1, 2]


def test_work_that_takes_longer_is_held_as_long_as_it_says(records: TableRecords) -> None:
    records.claim("a", lease=timedelta(seconds=-2))
    records.claim("a", lease=timedelta(minutes=15))
    with pytest.raises(HeldError) as raised:
        records.claim("a")
    assert raised.value.tries == 2


def test_another_failure_is_no_held_claim(dynamodb: DynamoDBClient) -> None:
    with pytest.raises(ClientError, match="ResourceNotFound"):
        TableRecords(dynamodb, "missing").claim("a")


def test_a_claim_is_forgotten_in_the_end(records: TableRecords, dynamodb: DynamoDBClient) -> None:
    records.claim("a")
    [item] = dynamodb.scan(TableName=TABLE)["Items"]
    assert int(item["expires"]["N"]) > datetime.now(UTC).timestamp() + 86_400
    assert item["v"] == {"N": "1"}

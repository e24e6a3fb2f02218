from datetime import UTC, datetime

import pytest
from mypy_boto3_dynamodb import DynamoDBClient

from lambdas.aws.faults import TableFaults
from lambdas.model.fault import Fault
from lambdas.service.ports import UnreadableItemError
from tests.aws.conftest import TABLE

NEW = Fault(name="watches", since=datetime(2026, 3, 1, 12, tzinfo=UTC))
TOLD = Fault(
    name="watches",
    since=NEW.since,
    told=datetime(2026, 3, 1, 12, 1, tzinfo=UTC),
    incident="20260301-1",
    parts=("changes",),
)


@pytest.fixture
def faults(dynamodb: DynamoDBClient) -> TableFaults:
    return TableFaults(dynamodb, TABLE)


def test_at_first_there_are_none(faults: TableFaults) -> None:
    assert faults.lasting() == ()


def test_a_fault_lasts_as_it_was_last_written_until_it_is_over(faults: TableFaults) -> None:
    faults.keep(NEW)
    assert faults.lasting() == (NEW,)
    faults.keep(TOLD)
    assert faults.lasting() == (TOLD,)
    faults.forget(TOLD)
    assert faults.lasting() == ()


def test_what_is_no_fault_is_not_taken_for_none(
    faults: TableFaults, dynamodb: DynamoDBClient
) -> None:
    item = {"pk": {"S": "fault"}, "sk": {"S": "watches"}, "data": {"B": b"?"}}
    dynamodb.put_item(TableName=TABLE, Item=item)
    with pytest.raises(UnreadableItemError):
        faults.lasting()

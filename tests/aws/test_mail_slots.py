"""Slots in DynamoDB: each is taken once, by whichever function comes first."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError
from mypy_boto3_dynamodb import DynamoDBClient

from lambdas.aws.mail_slots import TableSlots
from tests.aws.conftest import TABLE


@pytest.fixture
def functions(dynamodb: DynamoDBClient) -> list[TableSlots]:
    return [TableSlots(dynamodb, TABLE) for _ in range(8)]


def test_a_slot_is_taken_once(functions: list[TableSlots]) -> None:
    assert [each.take(7) for each in functions[:3]] == [True, False, False]
    assert functions[0].take(8)


def test_of_those_that_ask_at_once_one_takes_it(functions: list[TableSlots]) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda each: each.take(7), functions)) == 1


def test_a_taken_slot_passes(dynamodb: DynamoDBClient, functions: list[TableSlots]) -> None:
    functions[0].take(7)
    (stored,) = dynamodb.scan(TableName=TABLE)["Items"]
    assert int(stored["expires"]["N"]) > 0


def test_a_table_that_fails_is_no_taken_slot(dynamodb: DynamoDBClient) -> None:
    with pytest.raises(ClientError, match="ResourceNotFound"):
        TableSlots(dynamodb, "gone").take(7)

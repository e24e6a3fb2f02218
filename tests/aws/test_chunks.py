from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mypy_boto3_dynamodb import DynamoDBClient

from lambdas.aws import chunks
from lambdas.aws.chunks import CHUNK, INLINE, MissingChunkError, keys, read, stored
from lambdas.aws.table import Table
from lambdas.service.ports import UnreadableItemError
from tests.aws.conftest import TABLE

ITEM = 400 * 1024
"""Bytes of an item of DynamoDB, names of attributes and all."""


@pytest.fixture
def table(dynamodb: DynamoDBClient) -> Table:
    return Table(dynamodb, TABLE)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "INLINE", 8)
    monkeypatch.setattr(chunks, "CHUNK", 5)


def kept(table: Table, data: bytes) -> Any:
    value, further = stored("pk", data)
    table.write(put=further)
    return value


@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.binary(min_size=1, max_size=300))
@pytest.mark.usefixtures("tiny")
def test_any_data_comes_back_as_it_was(table: Table, data: bytes) -> None:
    assert read(table, "pk", kept(table, data)) == data


@pytest.mark.parametrize(
    ("length", "count"),
    [
        pytest.param(INLINE, 0, id="what fits the item has none"),
        pytest.param(INLINE + 1, 1, id="what just does not has one"),
        pytest.param(CHUNK, 1, id="one that is full"),
        pytest.param(CHUNK + 1, 2, id="one that is full and a byte"),
        pytest.param(7 * CHUNK, 7, id="many that are full"),
    ],
)
def test_there_are_as_many_chunks_as_it_takes(table: Table, length: int, count: int) -> None:
    data = bytes(number % 251 for number in range(length))
    value, further = stored("pk", data)
    assert (len(further), len(keys("pk", value))) == (count, count)
    table.write(put=further)
    assert read(table, "pk", value) == data


def test_two_values_and_other_attributes_fit_an_item_and_a_chunk_fits_one() -> None:
    assert 2 * INLINE < ITEM - 20_000
    assert CHUNK < ITEM - 20_000


@pytest.mark.usefixtures("tiny")
def test_chunks_of_two_writes_are_never_joined(table: Table) -> None:
    values = [kept(table, data) for data in (b"a" * 30, b"b" * 40, b"a" * 30)]
    assert [read(table, "pk", each) for each in values] == [b"a" * 30, b"b" * 40, b"a" * 30]
    table.write(delete=keys("pk", values[0]))
    assert [read(table, "pk", each) for each in values[1:]] == [b"b" * 40, b"a" * 30]


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("number", [0, 3, 5], ids=["the first", "one between", "the last"])
def test_a_missing_chunk_is_an_error_and_no_shorter_text(table: Table, number: int) -> None:
    value = kept(table, b"a" * 30)
    table.write(delete=[keys("pk", value)[number]])
    with pytest.raises(MissingChunkError, match="of 6 chunks"):
        read(table, "pk", value)


def test_an_item_without_data_is_named(table: Table) -> None:
    with pytest.raises(UnreadableItemError, match="pk holds no data"):
        read(table, "pk", None)

"""A query answers as AWS documents it, from one partition or from an index."""

import pytest

from sandbox.front import Front

ITEMS = [("a", "2", "x"), ("b", "1", "x"), ("a", "1", "y"), ("a", "3", "x")]


@pytest.fixture(scope="module")
def table(front: Front):
    client = front.client("dynamodb")
    keys = {"pk": "HASH", "sk": "RANGE"}
    client.create_table(
        TableName="things",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": n, "KeyType": k} for n, k in keys.items()],
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in (*keys, "of")],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-of",
                "KeySchema": [{"AttributeName": "of", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    for each in ITEMS:
        item = {name: {"S": value} for name, value in zip(("pk", "sk", "of"), each, strict=True)}
        client.put_item(TableName="things", Item=item)
    return client


def found(client, key, value, **options):
    answer = client.query(
        TableName="things",
        KeyConditionExpression="#key = :value",
        ExpressionAttributeNames={"#key": key},
        ExpressionAttributeValues={":value": {"S": value}},
        **options,
    )
    return [item["pk"]["S"] + item["sk"]["S"] for item in answer["Items"]]


@pytest.mark.parametrize(
    ("value", "options", "expected"),
    [
        pytest.param("c", {}, [], id="nothing of a partition that is not there"),
        pytest.param("a", {}, ["a1", "a2", "a3"], id="a partition in the order of its sort keys"),
        pytest.param("a", {"ScanIndexForward": False}, ["a3", "a2", "a1"], id="the last first"),
        pytest.param("a", {"Limit": 2}, ["a1", "a2"], id="so many"),
        pytest.param(
            "a",
            {"ExclusiveStartKey": {"pk": {"S": "a"}, "sk": {"S": "1"}}},
            ["a2", "a3"],
            id="from there on",
        ),
    ],
)
def test_a_query_of_a_partition(table, value, options, expected):
    assert found(table, "pk", value, **options) == expected


def test_a_query_of_an_index_reads_all_partitions(table):
    assert sorted(found(table, "of", "x", IndexName="by-of")) == ["a2", "a3", "b1"]


def test_a_partition_that_was_asked_for_is_not_made(table):
    found(table, "pk", "never")
    assert table.scan(TableName="things")["Count"] == len(ITEMS)

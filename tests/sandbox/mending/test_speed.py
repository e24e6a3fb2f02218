"""A query answers as AWS documents it; templates and members are read as moto reads them."""

from typing import ClassVar

import pytest
import yaml
from moto.cloudformation.utils import yaml_tag_constructor
from moto.core.serialize import AttributePickerContext, XFormedAttributePicker
from moto.core.utils import get_service_model

from sandbox.front import Front
from sandbox.mending.speed import Templates, possible_keys

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


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('{"A": {"Ref": "B"}}', {"A": {"Ref": "B"}}, id="JSON"),
        pytest.param("A:\n  Ref: B\n", {"A": {"Ref": "B"}}, id="YAML"),
        pytest.param("A: !Ref B\n", {"A": {"Ref": "B"}}, id="YAML with a function's short form"),
        pytest.param('{A: "2012-10-17"}', {"A": "2012-10-17"}, id="YAML that begins like JSON"),
    ],
)
def test_a_template_is_read_in_either_language(text, says):
    yaml.add_multi_constructor("", yaml_tag_constructor)
    assert Templates().load(text, Loader=yaml.Loader) == says


def test_a_template_in_neither_is_an_error():
    with pytest.raises(yaml.YAMLError):
        Templates().load("{A: ", Loader=yaml.Loader)


class Thing:
    """One whose class gives a member another name."""

    class Meta:
        serialization_aliases: ClassVar = {"UserName": "title"}


@pytest.mark.parametrize(
    ("thing", "names"),
    [
        pytest.param({}, ["User", "user", "UserName", "user_name"], id="a mapping"),
        pytest.param(
            Thing(), ["title", "User", "user", "UserName", "user_name"], id="one with aliases"
        ),
    ],
)
def test_a_member_is_looked_for_by_the_names_that_moto_gives_it(thing, names):
    model = get_service_model.__wrapped__("iam")  # of which no answer was made yet
    shape = model.operation_model("GetUser").output_shape.members["User"]
    context = AttributePickerContext(obj=thing, key="UserName", shape=shape)
    for _ in range(2):
        assert [*possible_keys(XFormedAttributePicker(), context)] == names

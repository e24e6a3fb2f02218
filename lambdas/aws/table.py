"""The table: DynamoDB's calls as the records need them, bound to one table."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from lambdas.aws.items import Item, key, setting
from lambdas.aws.reads import code

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Table:
    """One table; every read is a consistent one."""

    def __init__(self, dynamodb: "DynamoDBClient", name: str) -> None:
        self._dynamodb = dynamodb
        self._name = name

    def get(self, pk: str, sk: str) -> Item | None:
        """The item with that key."""
        answer = self._dynamodb.get_item(TableName=self._name, Key=key(pk, sk), ConsistentRead=True)
        return answer.get("Item")

    def under(self, pk: str, prefix: str = "") -> Iterator[Item]:
        """The items of a partition whose sort keys begin like that, in their order."""
        begins = {":sk": {"S": prefix}} if prefix else {}
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._name,
            KeyConditionExpression="pk = :pk" + (" AND begins_with(sk, :sk)" if prefix else ""),
            ExpressionAttributeValues={":pk": {"S": pk}, **begins},
            ConsistentRead=True,
        )
        return (item for page in pages for item in page["Items"])

    def last_below(self, pk: str, sk: str) -> Item | None:
        """The last item of a partition whose sort key is less than that one."""
        answer = self._dynamodb.query(
            TableName=self._name,
            KeyConditionExpression="pk = :pk AND sk < :sk",
            ExpressionAttributeValues={":pk": {"S": pk}, ":sk": {"S": sk}},
            ScanIndexForward=False,
            Limit=1,
            ConsistentRead=True,
        )
        return next(iter(answer["Items"]), None)

    def last_from(self, pk: str, sk: str, most: int) -> list[Item]:
        """The last items of a partition from that sort key on, at most so many."""
        answer = self._dynamodb.query(
            TableName=self._name,
            KeyConditionExpression="pk = :pk AND sk >= :sk",
            ExpressionAttributeValues={":pk": {"S": pk}, ":sk": {"S": sk}},
            ScanIndexForward=False,
            Limit=most,
            ConsistentRead=True,
        )
        return [*answer["Items"]]

    def between(self, pk: str, first: str, end: str) -> Sequence[Item]:
        """The items of a partition from one sort key up to another, the last first."""
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :end",
            ExpressionAttributeValues={
                ":pk": {"S": pk},
                ":first": {"S": first},
                ":end": {"S": end},
            },
            ScanIndexForward=False,
            ConsistentRead=True,
        )
        return [item for page in pages for item in page["Items"] if item["sk"]["S"] != end]

    def get_many(self, keys: Sequence[Item]) -> Iterator[Item]:
        """The items with these keys, as far as there are any, in no order.

        https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
        """
        wanted: list[Any] = [*keys]
        while wanted:
            request: Any = {self._name: {"Keys": wanted[:_MOST_READ], "ConsistentRead": True}}
            answer = self._dynamodb.batch_get_item(RequestItems=request)
            yield from answer["Responses"].get(self._name, ())
            left: Any = answer.get("UnprocessedKeys", {})
            unread = left[self._name]["Keys"] if self._name in left else []
            wanted = [*unread, *wanted[_MOST_READ:]]
            if unread:
                time.sleep(_BREATH)

    def put(self, item: Item) -> None:
        """Write an item whole."""
        self._dynamodb.put_item(TableName=self._name, Item=item)

    def put_new(self, item: Item) -> bool:
        """Write an item if there is none with its key; whether it was done."""
        try:
            self._dynamodb.put_item(
                TableName=self._name, Item=item, ConditionExpression="attribute_not_exists(pk)"
            )
        except ClientError as error:
            if code(error) != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def delete(self, pk: str, sk: str) -> None:
        """Delete an item, if there is one."""
        self._dynamodb.delete_item(TableName=self._name, Key=key(pk, sk))

    def set(self, pk: str, sk: str, attributes: Item) -> Item:
        """Set attributes of an item and leave its others; the item as it was before."""
        answer = self.update(pk, sk, ReturnValues="ALL_OLD", **setting(attributes))
        former: Item = answer.get("Attributes", {})
        return former

    def update(self, pk: str, sk: str, **how: Any) -> Item:
        """Update an item as UpdateItem's parameters say; its answer.

        https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
        """
        return self._dynamodb.update_item(TableName=self._name, Key=key(pk, sk), **how)

    def write(self, *, put: Iterable[Item] = (), delete: Iterable[Item] = ()) -> None:
        """Write items whole, and delete others by their keys, in no order."""
        requests: list[Any] = [{"PutRequest": {"Item": item}} for item in put]
        requests += [{"DeleteRequest": {"Key": each}} for each in delete]
        while requests:
            answer = self._dynamodb.batch_write_item(RequestItems={self._name: requests[:_BATCH]})
            unwritten: Any = answer.get("UnprocessedItems", {}).get(self._name, [])
            requests = [*unwritten, *requests[_BATCH:]]
            if unwritten:
                time.sleep(_BREATH)


_BREATH = 0.2
"""Seconds to wait when DynamoDB took, or gave, only part of a batch."""
_MOST_READ = 100
"""Items asked for in one BatchGetItem."""
_BATCH = 25
"""Items in one BatchWriteItem.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
"""

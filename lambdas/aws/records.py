"""Records: claims, histories, incidents and planned calls in one DynamoDB table.

pk                      sk              holds
claim#<work>            claim           tries, lease, done
state#<unique id>       <as of>         one state of a subject
incident#<id>           incident        one incident; apart from it: sent, outcome
own#<fingerprint>       own             the incident whose plan holds that call
owed                    <incident id>   there while a mail about the incident is owed
pending                 <unique id>#<incident id>  there while an undo of that subject is pending
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from lambdas.aws import items
from lambdas.aws.encoding import SCHEMA, UnreadableItemError, decode
from lambdas.aws.reads import code
from lambdas.model.incident import Incident
from lambdas.model.state import State, Unknown
from lambdas.service.ports import HeldError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LEASE = timedelta(seconds=65)
"""How long a run may hold a claim: a little more than its function's timeout."""
REMEMBERED = timedelta(days=2)
"""How long a claim is kept: EventBridge delivers again for at most a day.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
"""


class TableRecords:
    """The table, as the port that the jobs use."""

    def __init__(self, dynamodb: "DynamoDBClient", table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def claim(self, name: str) -> int | None:
        """Take a piece of work by a conditional write; see the port."""
        now = datetime.now(UTC)
        try:
            answer = self._dynamodb.update_item(
                TableName=self._table,
                Key=items.key(f"claim#{name}", "claim"),
                UpdateExpression="SET lease = :lease, expires = :expires, v = :v ADD tries :one",
                ConditionExpression=(
                    "attribute_not_exists(done) AND (attribute_not_exists(lease) OR lease < :now)"
                ),
                ExpressionAttributeValues={
                    ":lease": items.number(now + LEASE),
                    ":now": items.number(now),
                    ":expires": items.number(now + REMEMBERED),
                    ":v": {"N": str(SCHEMA)},
                    ":one": {"N": "1"},
                },
                ReturnValues="UPDATED_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if code(error) != "ConditionalCheckFailedException":
                raise
            if "done" in error.response.get("Item", {}):  # type: ignore[operator]  # typed for S3
                return None
            raise HeldError(f"{name} is held by another run") from error
        return int(answer["Attributes"]["tries"]["N"])

    def finish(self, name: str) -> None:
        """Mark work as done: no later run takes it up."""
        self._set(f"claim#{name}", "SET done = :true", {":true": {"BOOL": True}})

    def release(self, name: str) -> None:
        """Let the lease end now."""
        self._set(f"claim#{name}", "SET lease = :none", {":none": {"N": "0"}})

    def before(self, unique_id: str | None, moment: datetime) -> State | Unknown:
        """The newest state of a subject as of a moment before the given one."""
        if unique_id is None:
            return Unknown("it does not exist or cannot be read, so its history cannot be found")
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk < :moment",
            ExpressionAttributeValues={
                ":pk": {"S": f"state#{unique_id}"},
                ":moment": {"S": items.sortable(moment)},
            },
            ScanIndexForward=False,
            Limit=1,
            ConsistentRead=True,
        )
        if not answer["Items"]:
            return Unknown(f"no state of it was read before {moment:%Y-%m-%d %H:%M:%S} UTC")
        newest = answer["Items"][0]
        if "data" not in newest:
            return Unknown(f"its state of {newest['sk']['S']} UTC was too large to keep")
        try:
            return decode(State, newest["data"]["B"], f"state#{unique_id}")
        except UnreadableItemError as error:
            return Unknown(str(error))

    def remember(self, states: Iterable[State]) -> None:
        """Add states to their subjects' histories, twenty-five a request."""
        requests = [{"PutRequest": {"Item": items.remembered(state)}} for state in states]
        while requests:
            answer = self._dynamodb.batch_write_item(
                RequestItems={self._table: requests[:_BATCH]}  # type: ignore[dict-item]
            )
            unwritten: Any = answer.get("UnprocessedItems", {}).get(self._table, [])
            requests = [*unwritten, *requests[_BATCH:]]
            if unwritten:
                time.sleep(_BREATH)

    def save(self, incident: Incident) -> None:
        """Write an incident and, while a mail about it is owed, a pointer to it; see the port.

        What was sent and how it ended are attributes of their own: evaluating and undoing write
        the same incident, and neither takes back what the other has noted.
        """
        if incident.owes:
            self._put(items.item("owed", incident.id))
        answer = self._dynamodb.update_item(
            TableName=self._table,
            Key=items.key(f"incident#{incident.id}", "incident"),
            ReturnValues="ALL_NEW",
            **items.setting(items.attributes(incident)),
        )
        if not items.incident(answer["Attributes"]).owes:
            self._dynamodb.delete_item(TableName=self._table, Key=items.key("owed", incident.id))

    def pend(self, incident: Incident) -> None:
        """Note a pending undo; it is forgotten after some days even if it never ends."""
        expires = items.number(datetime.now(UTC) + REMEMBERED)
        self._put(items.item("pending", _pending(incident), expires=expires))

    def settle(self, incident: Incident) -> None:
        """Note that the undo has ended."""
        key = items.key("pending", _pending(incident))
        self._dynamodb.delete_item(TableName=self._table, Key=key)

    def pending(self) -> frozenset[str]:
        """The unique ids of the subjects of which an undo is pending."""
        return frozenset(sort_key.rpartition("#")[0] for sort_key in self._sort_keys("pending"))

    def incident(self, incident_id: str) -> Incident | None:
        """The incident with that id."""
        item = self._get(f"incident#{incident_id}", "incident")
        return items.incident(item) if item else None

    def owed(self) -> Iterable[Incident]:
        """The incidents about which a mail is still owed."""
        unreadable = []
        for incident_id in self._sort_keys("owed"):
            try:
                incident = self.incident(incident_id)
            except UnreadableItemError as error:
                unreadable.append(error)
            else:
                if incident is not None:
                    yield incident
        if unreadable:
            raise unreadable[0]

    def plan(self, incident_id: str, fingerprints: Iterable[str]) -> None:
        """Note the calls that are about to be made."""
        expires = {"N": str(int((datetime.now(UTC) + REMEMBERED).timestamp()))}
        for fingerprint in fingerprints:
            self._put(
                items.item(
                    f"own#{fingerprint}", "own", incident={"S": incident_id}, expires=expires
                )
            )

    def planned(self, fingerprint: str) -> str | None:
        """The incident whose plan holds the call with that fingerprint."""
        item = self._get(f"own#{fingerprint}", "own")
        return str(item["incident"]["S"]) if item else None

    def _sort_keys(self, pk: str) -> Iterable[str]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ConsistentRead=True,
        )
        return (item["sk"]["S"] for page in pages for item in page["Items"])

    def _get(self, pk: str, sk: str) -> items.Item | None:
        answer = self._dynamodb.get_item(
            TableName=self._table, Key=items.key(pk, sk), ConsistentRead=True
        )
        return answer.get("Item")

    def _put(self, item: items.Item) -> None:
        self._dynamodb.put_item(TableName=self._table, Item=item)

    def _set(self, pk: str, expression: str, values: items.Item) -> None:
        self._dynamodb.update_item(
            TableName=self._table,
            Key=items.key(pk, "claim"),
            UpdateExpression=expression,
            ExpressionAttributeValues=values,
        )


def _pending(incident: Incident) -> str:
    return f"{incident.unique_id}#{incident.id}"


_BREATH = 0.2
"""Seconds to wait when DynamoDB took only part of a batch."""
_BATCH = 25
"""Items in one BatchWriteItem.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
"""

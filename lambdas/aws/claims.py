"""Claims: conditional writes that let one run at a time do a piece of work."""

from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from lambdas.aws.items import REMEMBERED, SCHEMA, number, seconds
from lambdas.aws.reads import code
from lambdas.aws.table import Table
from lambdas.service.ports import HeldError

LEASE = timedelta(seconds=65)
"""How long a run may hold a claim: a little more than its function's timeout."""


class Claims:
    """The claims in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def claim(self, name: str, *, lease: timedelta | None = None) -> int | None:
        """Take a piece of work by a conditional write; see the port."""
        now = datetime.now(UTC)
        until = now + (LEASE if lease is None else lease)
        try:
            answer = self._table.update(
                _pk(name),
                _SORT_KEY,
                UpdateExpression="SET lease = :lease, expires = :expires, v = :v ADD tries :one",
                ConditionExpression=(
                    "attribute_not_exists(done) AND (attribute_not_exists(lease) OR lease < :now)"
                ),
                ExpressionAttributeValues={
                    ":lease": seconds(until),
                    ":now": seconds(now),
                    ":expires": seconds(now + REMEMBERED),
                    ":v": number(SCHEMA),
                    ":one": number(1),
                },
                ReturnValues="UPDATED_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if code(error) != "ConditionalCheckFailedException":
                raise
            held: Any = error.response.get("Item", {})
            if "done" in held:
                return None
            tries = int(held.get("tries", number(0))["N"])
            raise HeldError(f"{name} is held by another run", tries=tries) from error
        return int(answer["Attributes"]["tries"]["N"])

    def finish(self, name: str) -> None:
        """Mark work as done: no later run takes it up."""
        self._table.set(_pk(name), _SORT_KEY, {"done": {"BOOL": True}})

    def release(self, name: str) -> None:
        """Let the lease end now."""
        self._table.set(_pk(name), _SORT_KEY, {"lease": number(0)})


_SORT_KEY = "claim"


def _pk(name: str) -> str:
    return f"claim#{name}"

"""Turns: one item with the undos of late, written only over what its writer has read."""

from dataclasses import replace

from botocore.exceptions import ClientError

from lambdas.aws.encoding import decode, encode
from lambdas.aws.items import number
from lambdas.aws.reads import code
from lambdas.aws.table import Table
from lambdas.model.turn import Turns


class UndoTurns:
    """The turns in a table: never so many that an item could not hold them."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def turns(self) -> Turns:
        """The turns as they are; see the port."""
        found = self._table.get(_KEY, _KEY)
        if found is None:
            return Turns()
        turns = decode(Turns, bytes(found["data"]["B"]), _KEY)
        return replace(turns, revision=int(found["revision"]["N"]))

    def take(self, turns: Turns) -> bool:
        """Write them by a conditional write; see the port."""
        try:
            self._table.update(
                _KEY,
                _KEY,
                UpdateExpression="SET #data = :data, revision = :next",
                ConditionExpression="attribute_not_exists(revision) OR revision = :read",
                ExpressionAttributeNames={"#data": "data"},
                ExpressionAttributeValues={
                    ":data": {"B": encode(turns)},
                    ":next": number(turns.revision + 1),
                    ":read": number(turns.revision),
                },
            )
        except ClientError as error:
            if code(error) != "ConditionalCheckFailedException":
                raise
            return False
        return True


_KEY = "turns"

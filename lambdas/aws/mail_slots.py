"""Mail slots: the moments in which one mail may be sent, each taken once by whoever comes first.

pk             sk    holds
mail#<number>  slot  there for some days once it is taken
"""

from typing import TYPE_CHECKING

from lambdas.aws.items import passing
from lambdas.aws.table import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class TableSlots:
    """The slots in the table that all functions share."""

    def __init__(self, dynamodb: "DynamoDBClient", table: str) -> None:
        self._table = Table(dynamodb, table)

    def take(self, number: int) -> bool:
        """Take a slot by a conditional write; see the port."""
        return self._table.put_new(passing(f"mail#{number}", "slot"))

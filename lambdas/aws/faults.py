"""Faults: an item for each that lasts, by the name of its check.

pk      sk       holds
fault   <check>  since when, and once it was told: when, as which incident, and which parts
"""

from typing import TYPE_CHECKING

from lambdas.aws.encoding import decode, encode
from lambdas.aws.items import item
from lambdas.aws.table import Table
from lambdas.model.fault import Fault

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PK = "fault"


class TableFaults:
    """The faults in the table, as the port that the watch clock uses."""

    def __init__(self, dynamodb: "DynamoDBClient", table: str) -> None:
        self._table = Table(dynamodb, table)

    def lasting(self) -> tuple[Fault, ...]:
        """All that last; see the port."""
        return tuple(
            decode(Fault, bytes(each["data"]["B"]), f"{_PK} {each['sk']['S']}")
            for each in self._table.under(_PK)
        )

    def keep(self, fault: Fault) -> None:
        """Write one as it now is."""
        self._table.put(item(_PK, fault.name, data={"B": encode(fault)}))

    def forget(self, fault: Fault) -> None:
        """Take one off."""
        self._table.delete(_PK, fault.name)

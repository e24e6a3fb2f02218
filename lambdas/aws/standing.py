"""Standing: one item for everybody who is administrator or can become it."""

from collections.abc import Iterable

from lambdas.aws.encoding import decode, encode
from lambdas.aws.items import item, key
from lambdas.aws.table import Table
from lambdas.model.standing import Standing

_PK = "standing"


class StandingList:
    """The list in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def all(self) -> tuple[Standing, ...]:
        """Everybody on the list; see the port."""
        stored = self._table.under(_PK)
        return tuple(decode(Standing, bytes(each["data"]["B"]), _PK) for each in stored)

    def note(self, found: Iterable[Standing], gone: Iterable[Standing]) -> None:
        """Add or replace some, and take others off."""
        self._table.write(
            put=[item(_PK, each.unique_id, data={"B": encode(each)}) for each in found],
            delete=[key(_PK, each.unique_id) for each in gone],
        )

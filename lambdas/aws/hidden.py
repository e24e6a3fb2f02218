"""Hidden calls: the incidents whose events hide what they did, until a sweep has looked for it."""

from collections.abc import Iterable

from lambdas.aws.items import key, passing
from lambdas.aws.table import Table

_PK = "hidden"


class HiddenCalls:
    """The notes of them in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def hide(self, incident_id: str) -> None:
        """Add one."""
        self._table.put(passing(_PK, incident_id))

    def all(self) -> tuple[str, ...]:
        """The ids of the incidents."""
        return tuple(each["sk"]["S"] for each in self._table.under(_PK))

    def reveal(self, incident_ids: Iterable[str]) -> None:
        """Take some off."""
        self._table.write(delete=[key(_PK, each) for each in incident_ids])

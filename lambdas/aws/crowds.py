"""Crowds: who was mailed about of late, and the incidents that wait to be told together."""

from collections.abc import Iterable
from datetime import UTC, datetime

from lambdas.aws.items import item, key, passing, sortable, sorted_moment
from lambdas.aws.table import Table
from lambdas.model.gathered import Gathered

_ENOUGH = 50
"""Entries that are read at most: whether it was more than a few is all that is asked."""


class Crowds:
    """The crowds in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def others(self, actor: str, incident_id: str, since: datetime) -> int:
        """Note a mail about an actor; about how many other incidents there was one since then.

        The note comes first: of any that look at the same moment, each is seen by the next.
        """
        pk = f"crowd#{actor}"
        self._table.put(passing(pk, f"{sortable(datetime.now(UTC))}#{incident_id}"))
        found = self._table.last_from(pk, sortable(since), _ENOUGH)
        noted = {each["sk"]["S"].partition("#")[2] for each in found}
        return len(noted - {incident_id})

    def gather(self, incident_id: str, actor: str) -> None:
        """Have an incident wait, from the first time that it is written so."""
        at = {"S": sortable(datetime.now(UTC))}
        self._table.put(item(_GATHERED, incident_id, actor={"S": actor}, at=at))

    def gathered(self) -> list[Gathered]:
        """The incidents that wait."""
        return [
            Gathered(
                incident=each["sk"]["S"],
                actor=each["actor"]["S"],
                at=sorted_moment(each["at"]["S"]),
            )
            for each in self._table.under(_GATHERED)
        ]

    def scatter(self, incident_ids: Iterable[str]) -> None:
        """Note that these were told."""
        self._table.write(delete=[key(_GATHERED, each) for each in incident_ids])


_GATHERED = "gathered"

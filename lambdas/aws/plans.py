"""Plans: which undos are pending, and which calls they are about to make."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from lambdas.aws.items import passing, sortable
from lambdas.aws.table import Table
from lambdas.model.incident import Incident

MADE_WITHIN = timedelta(seconds=90)
"""After its plan is noted a call is made within this time: longer than the function runs."""
SKEW = timedelta(seconds=6)
"""By so much an event's time, which has no fractions, may be before our clock's."""


class Plans:
    """The plans in a table; each is forgotten after some days, even if its undo never ends."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def pend(self, incident: Incident) -> None:
        """Note a pending undo."""
        self._table.put(passing("pending", _pending(incident)))

    def settle(self, incident: Incident) -> None:
        """Note that the undo has ended."""
        self._table.delete("pending", _pending(incident))

    def pending(self) -> frozenset[str]:
        """The unique ids of the subjects of which an undo is pending."""
        sort_keys = (pointer["sk"]["S"] for pointer in self._table.under("pending"))
        return frozenset(sort_key.rpartition("#")[0] for sort_key in sort_keys)

    def plan(self, incident_id: str, fingerprints: Iterable[str]) -> None:
        """Note the calls that are about to be made, each time anew."""
        noted = sortable(datetime.now(UTC))
        for fingerprint in fingerprints:
            incident = {"S": incident_id}
            self._table.put(
                passing(f"own#{fingerprint}", f"{noted}#{incident_id}", incident=incident)
            )

    def planned(self, fingerprint: str) -> str | None:
        """The incident whose plan was the last to hold the call with that fingerprint."""
        found = self._table.last_below(f"own#{fingerprint}", _AFTER_ALL)
        return str(found["incident"]["S"]) if found else None

    def own(self, fingerprint: str, at: datetime) -> str | None:
        """The incident whose plan was about to make that call at that time; see the port."""
        found = self._table.last_below(f"own#{fingerprint}", sortable(at + SKEW))
        if found is None or found["sk"]["S"] < sortable(at - MADE_WITHIN):
            return None
        return str(found["incident"]["S"])


_AFTER_ALL = "9999"


def _pending(incident: Incident) -> str:
    return f"{incident.unique_id}#{incident.id}"

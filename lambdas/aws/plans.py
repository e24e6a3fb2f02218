"""Plans: which undos are pending, and which calls they are about to make."""

from collections.abc import Iterable

from lambdas.aws.items import passing
from lambdas.aws.table import Table
from lambdas.model.incident import Incident


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
        """Note the calls that are about to be made."""
        for fingerprint in fingerprints:
            self._table.put(passing(f"own#{fingerprint}", "own", incident={"S": incident_id}))

    def planned(self, fingerprint: str) -> str | None:
        """The incident whose plan holds the call with that fingerprint."""
        found = self._table.get(f"own#{fingerprint}", "own")
        return str(found["incident"]["S"]) if found else None


def _pending(incident: Incident) -> str:
    return f"{incident.unique_id}#{incident.id}"

"""Suspects: subjects that a sweep found changed, of which no event has told yet."""

from collections.abc import Iterable, Mapping

from lambdas.aws.items import Item, item, key, sortable, sorted_moment
from lambdas.aws.table import Table
from lambdas.model.suspicion import Suspicion

_PK = "suspect"


class Suspects:
    """The suspects in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def all(self) -> Mapping[str, Suspicion]:
        """By unique id, what is suspected of whom."""
        return {each["sk"]["S"]: _suspicion(each) for each in self._table.under(_PK)}

    def note(self, found: Mapping[str, Suspicion]) -> None:
        """Add some; of whom something is suspected already, that stays."""
        known = self.all()
        new = {each: suspicion for each, suspicion in found.items() if each not in known}
        self._table.write(put=[item(_PK, each, **_attributes(new[each])) for each in new])

    def clear(self, unique_ids: Iterable[str]) -> None:
        """Take some off: they are explained, or reported."""
        self._table.write(delete=[key(_PK, each) for each in unique_ids])


def _attributes(suspicion: Suspicion) -> dict[str, Item]:
    former = {"former": {"S": sortable(suspicion.former)}} if suspicion.former else {}
    return {"since": {"S": sortable(suspicion.since)}, **former}


def _suspicion(stored: Item) -> Suspicion:
    former = stored["former"]["S"] if "former" in stored else None
    return Suspicion(sorted_moment(stored["since"]["S"]), sorted_moment(former) if former else None)

"""Suspects: subjects that a sweep found changed, of which no event has told yet."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from lambdas.aws.items import item, key, sortable, sorted_moment
from lambdas.aws.table import Table

_PK = "suspect"


class Suspects:
    """The suspects in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def all(self) -> Mapping[str, datetime]:
        """Unique id -> when a sweep first found it changed."""
        stored = self._table.under(_PK)
        return {each["sk"]["S"]: sorted_moment(each["since"]["S"]) for each in stored}

    def note(self, found: Mapping[str, datetime]) -> None:
        """Add some."""
        since = {each: {"S": sortable(moment)} for each, moment in found.items()}
        self._table.write(put=[item(_PK, each, since=text) for each, text in since.items()])

    def clear(self, unique_ids: Iterable[str]) -> None:
        """Take some off: they are explained, or reported."""
        self._table.write(delete=[key(_PK, each) for each in unique_ids])

"""What moto does slowly: the same answers, without the whole table sorted for each query.

A sandbox answers some hundred thousand calls in one run of the tests.
"""

from functools import cache
from typing import Any

from moto.core import responses
from moto.dynamodb.models.table import Item, Table

from sandbox.mending.patch import Patch

_query = Table.query


class _Partition:
    """A table of which only the items with one hash key are seen."""

    def __init__(self, table: Table, hash_key: Any) -> None:
        self._table = table
        self._hash_key = hash_key

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def all_items(self) -> list[Item]:
        """Those; a query puts them in order itself."""
        found: Any = self._table.items.get(self._hash_key, {})
        return [*found.values()] if isinstance(found, dict) else [found]


def query(self: Table, hash_key: Any, *args: Any, **kwargs: Any) -> Any:
    """A query reads one partition, unless it is of an index."""
    seen: Any = self if args[_INDEX_NAME] else _Partition(self, hash_key)
    return _query(seen, hash_key, *args, **kwargs)


_INDEX_NAME = 6
"""Where moto gives the index, after the hash key."""

PATCHES = (
    Patch(Table, "query", query),
    Patch(responses, "method_names_from_class", cache(responses.method_names_from_class)),
)
"""What is done once in place of each time."""

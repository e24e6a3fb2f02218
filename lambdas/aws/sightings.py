"""Sightings: until when the newest state of each subject was seen to hold, of many in one item.

A sweep that finds a state as it was writes no new one: it notes the moment, in a few items for the
whole account.
"""

from collections.abc import Mapping
from datetime import datetime
from zlib import crc32

from lambdas.aws.encoding import pack, unpack
from lambdas.aws.items import Item, item, key, sortable, sorted_moment
from lambdas.aws.table import Table

BUCKETS = 64
"""Items that the subjects of an account are spread over: 10,000 make 3 KB each."""
_SORT_KEY = "seen"


class Sightings:
    """The sightings in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def note(self, seen: Mapping[str, datetime | None]) -> None:
        """Replace all sightings: unique id -> when its newest state was seen, if it was."""
        buckets: dict[str, dict[str, str | None]] = {_pk(number): {} for number in range(BUCKETS)}
        for unique_id, moment in seen.items():
            buckets[_bucket(unique_id)][unique_id] = sortable(moment) if moment else None
        self._table.write(put=[item(pk, _SORT_KEY, seen=_packed(b)) for pk, b in buckets.items()])

    def of(self, unique_id: str) -> datetime | None:
        """When the newest state of a subject was last seen to hold, if it was."""
        stored = self._table.get(_bucket(unique_id), _SORT_KEY)
        return _unpacked(stored).get(unique_id) if stored else None

    def all(self) -> Mapping[str, datetime | None]:
        """All sightings; the ids are all that the last sweep met."""
        buckets = self._table.get_many([key(_pk(number), _SORT_KEY) for number in range(BUCKETS)])
        return {each: moment for bucket in buckets for each, moment in _unpacked(bucket).items()}


def _unpacked(stored: Item) -> dict[str, datetime | None]:
    plain = unpack(bytes(stored["seen"]["B"]), f"{stored['pk']['S']} holds no sightings")
    return {each: sorted_moment(text) if text else None for each, text in plain.items()}


def _packed(bucket: Mapping[str, str | None]) -> Item:
    return {"B": pack(bucket)}


def _bucket(unique_id: str) -> str:
    return _pk(crc32(unique_id.encode("utf-8", "surrogatepass")) % BUCKETS)


def _pk(number: int) -> str:
    return f"seen#{number:02}"

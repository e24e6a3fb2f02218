"""Chunks: data too large for one item of DynamoDB, in further items of the same partition.

The item that the data belongs to holds it, or names the write whose chunks do. Every write makes
chunks of its own, and only then is the item made to name them: a reader never joins chunks of two
writes. Chunks that no item names are left by a writer that died; they cost their storage.
"""

from collections.abc import Sequence
from uuid import uuid4

from lambdas.aws.items import Item, item, key, number
from lambdas.aws.table import Table
from lambdas.service.ports import UnreadableItemError

INLINE = 150_000
"""Bytes of data that stand in the item itself; two of them, and its other attributes, fit one."""
CHUNK = 350_000
"""Bytes of data in one chunk: an item of DynamoDB holds 400 KB.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""
PREFIX = "chunk#"
"""Sorts behind every time, so that chunks stand behind the states of a history."""


class MissingChunkError(UnreadableItemError):
    """A chunk that an item names is not there: replaced meanwhile, or lost."""


def stored(pk: str, data: bytes) -> tuple[Item, Sequence[Item]]:
    """The attribute value that holds the data or names its chunks; and these, to write first."""
    if len(data) <= INLINE:
        return {"B": data}, []
    reference = {"write": {"S": uuid4().hex}, "chunks": number(-(-len(data) // CHUNK))}
    value: Item = {"M": reference}
    parts = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    chunks = [
        item(pk, sort_key, data={"B": part})
        for sort_key, part in zip(_sort_keys(value), parts, strict=True)
    ]
    return value, chunks


def read(table: Table, pk: str, value: Item | None) -> bytes:
    """The data that an attribute of an item holds or names.

    Raises:
        MissingChunkError: not all of its chunks are there.
        UnreadableItemError: the item has no such attribute.
    """
    if value is None:
        raise UnreadableItemError(f"{pk} holds no data")
    if "B" in value:
        return bytes(value["B"])
    wanted = _sort_keys(value)
    found = {each["sk"]["S"]: each for each in table.under(pk, _prefix(value))}
    missing = [sort_key for sort_key in wanted if sort_key not in found]
    if missing:
        raise MissingChunkError(f"{pk} lacks {missing[0]} of {len(wanted)} chunks")
    return b"".join(bytes(found[sort_key]["data"]["B"]) for sort_key in wanted)


def keys(pk: str, value: Item | None) -> list[Item]:
    """The keys of the chunks that an attribute names; none where it holds the data itself."""
    return [key(pk, sort_key) for sort_key in _sort_keys(value)] if value and "M" in value else []


def _sort_keys(value: Item) -> list[str]:
    count = int(value["M"]["chunks"]["N"])
    return [f"{_prefix(value)}{number:04}" for number in range(count)]


def _prefix(value: Item) -> str:
    return f"{PREFIX}{value['M']['write']['S']}#"

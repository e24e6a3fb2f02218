"""Texts: long documents, stored once by content and named by their digest wherever they stand."""

import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from lambdas.aws import chunks
from lambdas.aws.items import Item, item, key
from lambdas.aws.table import Table
from lambdas.model.state import Part
from lambdas.service.ports import UnreadableItemError

LONG = 1024
"""Characters from which on a text is stored by itself: a shorter one costs less where it stands."""

Parts = Mapping[Part, Mapping[str, str]]
Named = Mapping[str, Mapping[str, str | list[str]]]
"""The parts of a state as they are stored: a list of one digest stands for a long text."""
_SORT_KEY = "document"


def named(parts: Parts) -> Named:
    """The parts with each long text named by its digest: equal for equal parts."""
    return {
        str(part): {key: [digest(text)] if is_long(text) else text for key, text in held.items()}
        for part, held in parts.items()
    }


def texts(parts: Parts) -> dict[str, str]:
    """Digest -> each long text of the parts."""
    held = (text for values in parts.values() for text in values.values())
    return {digest(text): text for text in held if is_long(text)}


def digests(parts: Any) -> set[str]:
    """The digests that stored parts name."""
    values = (value for held in parts.values() for value in held.values())
    return {value[0] for value in values if isinstance(value, list)}


def restored(parts: Any, found: Mapping[str, str]) -> Any:
    """Stored parts with their texts in place again."""
    return {
        part: {
            key: found[value[0]] if isinstance(value, list) else value
            for key, value in held.items()
        }
        for part, held in parts.items()
    }


def are_parts(stored: Any) -> bool:
    """Whether this may be the parts of a state as they are stored."""
    if not isinstance(stored, dict):
        return False
    parts = stored.values()
    return all(isinstance(held, dict) and all(map(_is_value, held.values())) for held in parts)


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) == 1 and isinstance(value[0], str)
    return isinstance(value, str)


def is_long(text: str) -> bool:
    """Whether a text is stored by itself."""
    return len(text) >= LONG


def digest(text: str) -> str:
    """SHA-256 of the text, in hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Texts:
    """The long texts in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._kept: set[str] = set()

    def keep(self, wanted: Mapping[str, str]) -> None:
        """Write the texts that this process has not written before: they never change."""
        new = {each: text for each, text in wanted.items() if each not in self._kept}
        stored = [chunks.stored(_pk(each), _compressed(text)) for each, text in new.items()]
        self._table.write(put=[chunk for _, further in stored for chunk in further])
        entries = zip(new, stored, strict=True)
        self._table.write(put=[item(_pk(each), _SORT_KEY, data=v) for each, (v, _) in entries])
        self._kept.update(new)

    def known(self, wanted: Iterable[str]) -> None:
        """Note that these are in the table."""
        self._kept.update(wanted)

    def read(self, wanted: Iterable[str]) -> Mapping[str, str]:
        """The texts with these digests.

        Raises:
            UnreadableItemError: one of them is not there, or is another one.
        """
        keys = {_pk(each): each for each in wanted}
        items = self._table.get_many([key(pk, _SORT_KEY) for pk in keys])
        found = {keys[each["pk"]["S"]]: self._text(each) for each in items}
        for each in keys.values():
            if each not in found or digest(found[each]) != each:
                raise UnreadableItemError(f"{_pk(each)} is not the text that was stored there")
        return found

    def _text(self, stored: Item) -> str:
        pk = stored["pk"]["S"]
        try:
            data = zlib.decompress(chunks.read(self._table, pk, stored.get("data")))
            return data.decode("utf-8", "surrogatepass")
        except (ValueError, zlib.error) as error:
            raise UnreadableItemError(f"{pk} cannot be unpacked: {error}") from error


def _compressed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def _pk(each: str) -> str:
    return f"document#{each}"

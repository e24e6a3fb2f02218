"""Encoding: frozen records to compressed JSON and back."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from dacite import Config, DaciteError, from_dict

from lambdas.model.state import Part
from lambdas.service.ports import UnreadableItemError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
Parts = Mapping[Part, Mapping[str, str]]
_CONFIG = Config(
    cast=[tuple, Enum],
    type_hooks={
        datetime: datetime.fromisoformat,
        # dacite casts the values of a mapping and leaves its keys as they are
        Parts: lambda parts: {Part(part): values for part, values in parts.items()},
    },
    strict=True,
)


def encode(record: "DataclassInstance") -> bytes:
    """The record as zlib-compressed JSON."""
    return pack(asdict(record))


def decode(kind: type[T], data: bytes, name: str) -> T:
    """The record that was encoded.

    Raises:
        UnreadableItemError: the data does not hold such a record.
    """
    return made(kind, unpack(data, f"{name} holds no {kind.__name__}"), name)


def pack(plain: object) -> bytes:
    """Mappings, lists, texts and moments as zlib-compressed JSON."""
    return zlib.compress(json.dumps(plain, default=_plain).encode())


def unpack(data: bytes, says: str) -> Any:
    """What was packed, moments as text; ``says`` is what is told where it is something else.

    Raises:
        UnreadableItemError: the data is no compressed JSON.
    """
    try:
        return json.loads(zlib.decompress(data))
    except (ValueError, zlib.error) as error:
        raise UnreadableItemError(f"{says}: {error}") from error


def made(kind: type[T], plain: Any, name: str) -> T:
    """The record that was packed as a mapping.

    Raises:
        UnreadableItemError: it holds no such record.
    """
    try:
        return from_dict(kind, plain, _CONFIG)
    except (DaciteError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableItemError(f"{name} holds no {kind.__name__}: {error}") from error


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")

"""Encoding: frozen records to compressed JSON and back."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

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
    return zlib.compress(json.dumps(asdict(record), default=_plain).encode())


def decode(kind: type[T], data: bytes, name: str) -> T:
    """The record that was encoded.

    Raises:
        UnreadableItemError: the data does not hold such a record.
    """
    try:
        return from_dict(kind, json.loads(zlib.decompress(data)), _CONFIG)
    except (DaciteError, ValueError, TypeError, AttributeError, zlib.error) as error:
        raise UnreadableItemError(f"{name} holds no {kind.__name__}: {error}") from error


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")

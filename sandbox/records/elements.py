"""Parameters and answers as CloudTrail shows them: names lowered, secrets left out.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

_LARGEST = 100 * 1024
"""Bytes of requestParameters above which CloudTrail leaves them out."""

_NOTHING: dict[str, Any] = {}
"""An empty structure says nothing and is left out."""


_CODES = frozenset({"AuthenticationCode1", "AuthenticationCode2"})
"""Secrets that the service's model does not mark: the codes of an MFA device."""


def shown(value: Any, shape: Shape | None) -> Any:
    """A value as a record has it; the service's model says what is a name and what a secret."""
    if isinstance(shape, StructureShape):
        return {
            name[:1].lower() + name[1:]: shown(value[name], member)
            for name, member in shape.members.items()
            if value.get(name, _NOTHING) != _NOTHING and not _secret(name, member)
        }
    if isinstance(shape, ListShape):
        return [shown(each, shape.member) for each in value]
    if isinstance(shape, MapShape):
        return {key: shown(each, shape.value) for key, each in value.items()}
    return _date(value) if isinstance(value, datetime) else value


def request_parameters(parameters: Mapping[str, Any], shape: Shape | None) -> Any:
    """``requestParameters``: null where nothing is left to show, a notice where too large."""
    values = shown(parameters, shape) or None
    size = len(json.dumps(values).encode())
    if size > _LARGEST:
        return {
            "reason": "requestParameters too large",
            "omitted": True,
            "originalSize": size,
        }
    return values


def _secret(name: str, shape: Shape) -> bool:
    return bool(shape.metadata.get("sensitive")) or name in _CODES


def _date(at: datetime) -> str:
    hour = at.hour % 12 or 12
    return f"{at:%b} {at.day}, {at.year} {hour}:{at:%M:%S} {at:%p}"

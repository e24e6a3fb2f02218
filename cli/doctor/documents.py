"""Documents: whether two policies say the same, however AWS has written them down."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote


def same(one: Any, other: Any) -> bool:
    """Whether two policy documents, as objects or as text, are the same but for their form.

    A list of one is that one, an order is none, and `Id` is a name.
    """
    return bool(canonical(_parsed(one)) == canonical(_parsed(other)))


def canonical(value: Any) -> Any:
    """A value in the one form that all its spellings have."""
    if isinstance(value, Mapping):
        return {key: canonical(each) for key, each in value.items() if key != "Id"}
    if isinstance(value, list):
        each = sorted({json.dumps(canonical(item), sort_keys=True) for item in value})
        return json.loads(each[0]) if len(each) == 1 else each
    return "true" if value is True else "false" if value is False else value


def _parsed(document: Any) -> Any:
    if not isinstance(document, str):
        return document
    text = document if document.lstrip().startswith("{") else unquote(document)
    return json.loads(text)

"""JSON text to the typed elements of a policy document, or one documented error.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import NoReturn

Scalar = str | int | float | bool
Condition = Mapping[str, Mapping[str, tuple[Scalar, ...]]]
"""Operator -> condition key -> values."""
Principal = str | Mapping[str, tuple[str, ...]]
"""``*``, or type of principal -> identifiers."""
Body = Mapping[str, object]
_SHOWN = 60
"""Characters of a wrong value that a message shows."""


class DocumentError(ValueError):
    """The text is no valid policy document; the message says where and why.

    Duplicate keys are an error, because IAM forbids them and readers differ in which one counts.
    """


def loaded(text: str) -> object:
    """What the JSON text spells.

    Raises:
        DocumentError: it is no JSON, nested too deeply, or holds a key twice or too large a number.
    """
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
        if "\\ud" in text.lower():  # half a character can be neither stored nor mailed
            json.dumps(value, ensure_ascii=False).encode()
        text.encode()
    except DocumentError:
        raise
    except RecursionError:
        raise DocumentError("the document is nested too deeply") from None
    except ValueError as error:
        raise DocumentError(f"the document cannot be read: {error}") from None
    return value


def _without_duplicates(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise DocumentError(f"{shown(twice)} stands twice in one object")
    return keys


def _no_constant(name: str) -> NoReturn:
    raise DocumentError(f"{name} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise DocumentError(f"{shown(digits)} is too large a number")
    return number


def shown(value: object) -> str:
    """A wrong value for a message: its type where it is long or nested."""
    text = ascii(value) if isinstance(value, Scalar | None) else f"a {type(value).__name__}"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def members(value: object, where: str, allowed: frozenset[str]) -> Body:
    """A JSON object with no keys but the allowed ones.

    Raises:
        DocumentError: it is something else, or holds another key.
    """
    if not isinstance(value, dict):
        raise DocumentError(f"{where} is {shown(value)}, not an object")
    unknown = next((key for key in value if key not in allowed), None)
    if unknown is not None:
        raise DocumentError(f"{where} holds {shown(unknown)}, which is no policy element")
    return value


def text_of(body: Body, key: str, where: str) -> str | None:
    """An optional element that is a text.

    Raises:
        DocumentError: it is something else.
    """
    value = body.get(key)
    if key in body and not isinstance(value, str):
        raise DocumentError(f"{key} of {where} is {shown(value)}, not a text")
    return value if isinstance(value, str) else None


def texts_of(body: Body, key: str, where: str) -> tuple[str, ...] | None:
    """An optional element that is one text or a list of at least one.

    Raises:
        DocumentError: it is something else.
    """
    return _texts(body[key], f"{key} of {where}") if key in body else None


def _texts(value: object, what: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    texts = tuple(each for each in listed if isinstance(each, str))
    if len(texts) < len(listed) or not texts:
        raise DocumentError(f"{what} is {shown(value)}, not a text or a list of texts")
    return texts


def principal_of(body: Body, key: str, where: str) -> Principal | None:
    """An optional principal element: one text, or type of principal -> identifiers.

    Raises:
        DocumentError: it is something else.
    """
    value = body.get(key)
    if isinstance(value, dict):
        return {kind: _texts(ids, f"{key} of {where}") for kind, ids in value.items()}
    return text_of(body, key, where)


def condition_of(body: Body, where: str) -> Condition:
    """The Condition element: operator -> key -> values; empty where there is none.

    Raises:
        DocumentError: it is something else.
    """
    what = f"Condition of {where}"
    return {
        operator: {key: _scalars(values, what) for key, values in _map(keys, what).items()}
        for operator, keys in _map(body.get("Condition", {}), what).items()
    }


def _map(value: object, what: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise DocumentError(f"{what} holds {shown(value)}, not an object")
    return value


def _scalars(value: object, what: str) -> tuple[Scalar, ...]:
    listed = value if isinstance(value, list) else [value]
    scalars = tuple(each for each in listed if isinstance(each, Scalar))
    if len(scalars) < len(listed):
        raise DocumentError(f"{what} holds {shown(value)}, not a text, number or Boolean")
    return scalars

"""What moto does slowly: the same answers, without doing for each call what can be done once.

A sandbox answers some hundred thousand calls in one run of the tests.
"""

import json
from functools import cache
from random import Random
from string import ascii_letters, digits
from typing import Any

from moto.cloudformation import models as cloudformation
from moto.cloudformation import responses as cloudformation_calls
from moto.core import responses
from moto.core.serialize import AttributePickerContext, XFormedAttributePicker
from moto.dynamodb.models.table import Item, Table
from moto.moto_api._internal.moto_random import MotoRandom

from sandbox.mending.patch import Patch

_query = Table.query
_yaml: Any = vars(cloudformation)["yaml"]
_possible_keys = XFormedAttributePicker.get_possible_keys


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


def possible_keys(self: XFormedAttributePicker, context: AttributePickerContext) -> tuple[str, ...]:
    """What a member of a shape may be called in an object depends on its class, not on itself."""
    shape = context.shape
    of = (type(context.obj), context.key, shape, getattr(shape, "parent", None))
    if of not in _KEYS:
        _KEYS[of] = tuple(dict.fromkeys(_possible_keys(self, context)))
    return _KEYS[of]


_KEYS: dict[tuple[type, str, object, object], tuple[str, ...]] = {}


def get_random_string(
    self: Random, length: int = 20, include_digits: bool = True, lower_case: bool = False
) -> str:
    """All letters drawn at once; each answer has an id of fifty of them."""
    pool = ascii_letters + (digits if include_digits else "")
    found = "".join(self.choices(pool, k=length))
    return found.lower() if lower_case else found


class Templates:
    """What moto reads templates with: in JSON, as CDK writes them, they need no parser of YAML."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_yaml, name)

    def load(self, text: str, Loader: type) -> Any:  # noqa: N803 - as of PyYAML
        """What the text says, in either."""
        try:
            return json.loads(text)
        except ValueError:
            return _yaml.load(text, Loader)  # moto's own loader, with its constructors


PATCHES = (
    Patch(Table, "query", query),
    Patch(XFormedAttributePicker, "get_possible_keys", possible_keys),
    Patch(MotoRandom, "get_random_string", get_random_string),
    Patch(cloudformation, "yaml", Templates()),
    Patch(cloudformation_calls, "yaml", Templates()),
    Patch(responses, "method_names_from_class", cache(responses.method_names_from_class)),
)
"""What is done once in place of each time."""

"""The organisation's central account, where it has one, and the check of how it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BUS = "Snapback"
"""The name of the central account's event bus."""
TOLD_TOGETHER = 500
"""Mails of which one run tells at most: a line for each must fit into one mail."""

_SHAPES = {
    "account": (re.compile(r"[0-9]{12}"), 'an account of twelve digits such as "123456789012"'),
    "organization": (
        re.compile(r"o-[a-z0-9]{10,32}"),
        'the id of an organisation in AWS Organizations such as "o-a1b2c3d4e5"',
    ),
}
"""https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html"""


@dataclass(frozen=True, slots=True)
class Central:
    """Where every account's mails go, too, and whose accounts may send them there."""

    account: str
    organization: str


def central(where: str, found: Any) -> Iterator[str]:
    """A check for null, or for an object with both keys."""
    if found is None:
        return
    if not isinstance(found, dict) or set(found) != set(_SHAPES):
        yield f"{where} is {found!r}; allowed is null, or an object with {' and '.join(_SHAPES)}"
        return
    for key, (shape, allowed) in _SHAPES.items():
        if not isinstance(found[key], str) or not shape.fullmatch(found[key]):
            yield f"{where}.{key} is {found[key]!r}; allowed is {allowed}"

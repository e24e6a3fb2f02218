"""Patches: one attribute of one of moto's classes, replaced for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Patch:
    """``owner.name`` becomes ``value``."""

    owner: Any
    name: str
    value: Any


@contextmanager
def applied(patches: tuple[Patch, ...]) -> Iterator[None]:
    """Apply all patches, and undo them in the end."""
    former = [(patch, vars(patch.owner).get(patch.name, _ABSENT)) for patch in patches]
    for patch in patches:
        setattr(patch.owner, patch.name, patch.value)
    try:
        yield
    finally:
        for patch, value in former:
            if value is _ABSENT:
                delattr(patch.owner, patch.name)
            else:
                setattr(patch.owner, patch.name, value)

"""Checks of what a person wrote: each says where, what was found and what is allowed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Check = Callable[[str, Any], Iterator[str]]
"""(where, found) -> one text for each mistake."""


def keyed(checks: Mapping[str, Check], parent: str = "") -> Check:
    """A check for an object with known keys, each with a check of its own."""

    def check(where: str, found: Any) -> Iterator[str]:
        if not isinstance(found, Mapping):
            yield f"{where} is {found!r}; allowed is an object with the keys {_listed(checks)}"
            return
        for key, value in found.items():
            known = checks.get(key, _unknown(checks))
            yield from known(f"{parent}{key}", value)

    return check


def _unknown(known: Iterable[str]) -> Check:
    def check(where: str, _: Any) -> Iterator[str]:
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake is worth its import

        near = get_close_matches(where.rpartition(".")[2], known, n=1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        yield f"{where} is no key{meant}; allowed are {_listed(known)}"

    return check


def one_of(choices: Iterable[str]) -> Check:
    """A check for one of a few texts."""

    def check(where: str, found: Any) -> Iterator[str]:
        if found not in [*choices]:
            yield f"{where} is {found!r}; allowed are {_listed(choices)}"

    return check


def switch(where: str, found: Any) -> Iterator[str]:
    """A check for a switch that is on or off."""
    if type(found) is not bool:
        yield f"{where} is {found!r}; allowed are true, false"


def whole(least: int, most: int) -> Check:
    """A check for a whole number between two others, themselves included."""

    def check(where: str, found: Any) -> Iterator[str]:
        if type(found) is not int or not least <= found <= most:
            yield f"{where} is {found!r}; allowed is a whole number from {least} to {most}"

    return check


def named(shape: re.Pattern[str], allowed: str, each: Check) -> Check:
    """A check for an object whose keys have a shape, each with a value of one kind."""

    def check(where: str, found: Any) -> Iterator[str]:
        if not isinstance(found, Mapping):
            yield f"{where} is {found!r}; allowed is an object, each key {allowed}"
            return
        for key, value in found.items():
            if shape.fullmatch(key):
                yield from each(f"{where}.{key}", value)
            else:
                yield f"{where} has the key {key!r}; allowed is {allowed}"

    return check


def texts(shape: re.Pattern[str], allowed: str, refused: re.Pattern[str] | None = None) -> Check:
    """A check for a list of texts that have a shape and do not have the refused one."""

    def check(where: str, found: Any) -> Iterator[str]:
        if not isinstance(found, list | tuple):
            yield f"{where} is {found!r}; allowed is a list, each item {allowed}"
            return
        for index, item in enumerate(found):
            if not isinstance(item, str) or not shape.fullmatch(item):
                yield f"{where}[{index}] is {item!r}; allowed is {allowed}"
            elif refused and refused.fullmatch(item):
                yield f"{where}[{index}] is {item!r}, which is everyone there; allowed is {allowed}"
            elif item in found[:index]:
                yield f"{where}[{index}] is {item!r} once more; allowed is each item once"

    return check


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)

"""Actions: which access levels of which services a pattern reaches, by a list that is pinned.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from lambdas.policy.match import matches

LIST = Path(__file__).with_name("actions.txt")
"""The date, then a line of service, access level and names; `python -m cli.aws_actions` writes it.

It is read when it is first asked for, because most runs never do.
"""
_WILD = ("*", "?")
_KEPT = 4096
"""Patterns whose levels are kept: the same ones stand in the policies before and after."""


class Level(StrEnum):
    """What an action lets somebody do, as AWS files it; those that matter most come first.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
    """

    PERMISSIONS = "permissions management"
    WRITE = "write"
    UNKNOWN = "unknown"
    """The list does not hold such an action: it may do anything."""
    TAGGING = "tagging"
    READ = "read"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class ActionList:
    """All actions that were known on one day (ISO 8601)."""

    date: str
    services: Mapping[str, Mapping[Level, str]]
    """Service prefix -> level -> its actions in lower case, with a space before and after each."""


@cache
def action_list() -> ActionList:
    """The list as it is shipped beside this module."""
    date, *lines = LIST.read_text("ascii").splitlines()
    services: dict[str, dict[Level, str]] = {}
    for line in lines:
        service, level, names = line.split("\t")
        services.setdefault(service, {})[Level(level)] = f" {names.lower()} "
    return ActionList(date, services)


@lru_cache(maxsize=_KEPT)
def levels(pattern: str) -> Mapping[str, frozenset[Level]]:
    """Service prefix -> levels of the actions that a pattern of an Action element stands for.

    A pattern that stands for nothing in the list is unknown, under what it calls its service: AWS
    may have added the action since.
    """
    wanted = pattern.lower()
    found = {
        service: reached
        for service, held in _services(wanted)
        if (reached := frozenset(_reached(wanted, service, held)))
    }
    return found or {wanted.partition(":")[0]: frozenset({Level.UNKNOWN})}


def _services(wanted: str) -> Iterator[tuple[str, Mapping[Level, str]]]:
    """The services that a pattern may speak of; one without a colon may speak of each."""
    services = action_list().services
    service, colon, _ = wanted.partition(":")
    if not _is_wild(service):
        return iter([(service, services[service])] if colon and service in services else ())
    if not colon:
        return iter(services.items())
    return ((name, held) for name, held in services.items() if matches(service, name))


def _reached(wanted: str, service: str, held: Mapping[Level, str]) -> Iterator[Level]:
    _, colon, name = wanted.partition(":")
    prefix = name[:-1]
    for level, names in held.items():
        if not colon:
            hit = any(matches(wanted, f"{service}:{each}") for each in names.split())
        elif not _is_wild(name):
            hit = f" {name} " in names
        elif name.endswith("*") and not _is_wild(prefix):  # most patterns are such
            hit = f" {prefix}" in names
        else:
            hit = any(matches(name, each) for each in names.split())
        if hit:
            yield level


def _is_wild(text: str) -> bool:
    return any(symbol in text for symbol in _WILD)

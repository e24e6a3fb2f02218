"""Every way up, once: the sets of actions with which a principal gets more power.

Gathered from the public lists of pathfinding.cloud, Prowler, Cloudsplaining, Pacu and PMapper,
whose names for a way are its id here where they have one.
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from lambdas.policy.document import Document, Effect, Statement
from lambdas.policy.escalation import itself, others, services
from lambdas.policy.escalation.path import Path

PATHS: tuple[Path, ...] = (*itself.PATHS, *others.PATHS, *services.PATHS)
_KEPT = 4096
"""Documents of which it is kept what they name: many principals draw on the same."""
_ASKED = tuple((path, path.asked) for path in PATHS)


def named_paths(documents: Iterable[Document]) -> tuple[Path, ...]:
    """The paths all of whose actions some Allow statement names: most policies name none."""
    return _opened(frozenset[str]().union(*map(_named_in, documents)))


@lru_cache(maxsize=_KEPT)
def _opened(named: frozenset[str]) -> tuple[Path, ...]:
    return tuple(path for path, asked in _ASKED if asked <= named) if named else ()


@lru_cache(maxsize=_KEPT)
def _named_in(document: Document) -> frozenset[str]:
    allows = (each for each in document.statements if each.effect is Effect.ALLOW)
    return frozenset(action for statement in allows for action in _named(statement))


@cache
def shorter() -> dict[str, tuple[str, ...]]:
    """A path's id -> the ids of those that need some of the same actions and no others."""
    needed = {path.id: path.needed for path in PATHS}
    return {
        one: tuple(o for o, less in needed.items() if less < all_) for one, all_ in needed.items()
    }


@cache
def _actions() -> dict[str, tuple[tuple[str, str], ...]]:
    """Service -> the actions that the paths ask about, as they are spelled and in lower case."""
    filed: dict[str, dict[str, str]] = {}
    for _, asked in _ASKED:
        for action in asked:
            filed.setdefault(action.partition(":")[0], {})[action] = action.lower()
    return {service: tuple(actions.items()) for service, actions in filed.items()}


def _named(statement: Statement) -> Iterable[str]:
    """The actions that one statement names; only those of services that it may speak of."""
    filed = _actions()
    spoken = set(filed)
    if statement.actions is not None:
        given = {text.partition(":")[0].lower() for text in statement.actions.given}
        if not any("*" in service or "?" in service for service in given):
            spoken &= given
    for service in spoken:
        for action, name in filed[service]:
            if statement.names(name):
                yield action

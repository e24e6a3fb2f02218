"""Every way up, once: the sets of actions with which a principal gets more power.

Gathered from the public lists of pathfinding.cloud, Prowler, Cloudsplaining, Pacu and PMapper,
whose names for a way are its id here where they have one.
"""

from collections.abc import Iterable
from functools import cache

from lambdas.policy.document import Effect, Statement
from lambdas.policy.escalation import itself, others, services
from lambdas.policy.escalation.path import Path

PATHS: tuple[Path, ...] = (*itself.PATHS, *others.PATHS, *services.PATHS)
_ASKED = tuple((path, path.asked) for path in PATHS)


def named_paths(statements: Iterable[Statement]) -> tuple[Path, ...]:
    """The paths all of whose actions some Allow statement names: most policies name none."""
    named: set[str] = set()
    for statement in statements:
        if statement.effect is Effect.ALLOW:
            named.update(_named(statement))
    return tuple(path for path, asked in _ASKED if asked <= named) if named else ()


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

"""Gains: what one power allows and another one did not; turned around, what was lost.

What is allowed in one and not in the other is always within the gains. They may say too much, where
patterns overlap without one covering the other; they never say too little.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lambdas.policy.document import Effect
from lambdas.policy.elements import MOST_COMPARED, Comparison
from lambdas.policy.grants import Grant, grants, uncovered
from lambdas.policy.power import Power


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant, and whether the boundary may hold some of it back, or a Deny may take some of it."""

    grant: Grant
    bounded: bool
    denied: bool


@dataclass(frozen=True, slots=True)
class Gains:
    """What is allowed now: each is gained as far as nothing else of the same power forbids it."""

    granted: tuple[Granted, ...] = ()
    """What policies allow."""
    undenied: tuple[Grant, ...] = ()
    """What a Deny forbade that is gone, or denies less."""
    let_through: tuple[Grant, ...] = ()
    """What the permissions boundary held back."""
    unbounded: bool = False
    """Whether the permissions boundary is gone: whatever policies allow may be gained."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a power's statements reach; ``bounds`` is None where nothing limits it."""

    allows: tuple[Grant, ...] = ()
    denies: tuple[Grant, ...] = ()
    bounds: tuple[Grant, ...] | None = None

    @classmethod
    def of(cls, power: Power) -> "Held":
        """What this power holds; a boundary that could not be read does not limit."""
        boundary = (power.boundary,) if power.boundary else ()
        return cls(
            grants(power.identity, power, Effect.ALLOW),
            grants((*power.identity, *boundary), power, Effect.DENY),
            grants(boundary, power, Effect.ALLOW) if boundary else None,
        )


def gains(before: Held, after: Held, pairs: int = MOST_COMPARED) -> Gains:
    """What is allowed after and was not before; with both exchanged, what is no longer allowed.

    After so many pairs of patterns, what was not compared is gained unless it is the same.
    """
    comparison = Comparison(pairs)
    granted = uncovered(after.allows, before.allows, comparison)
    undenied = uncovered(before.denies, after.denies, comparison)
    wider = _wider(before, after, comparison)
    unbounded = before.bounds is not None and after.bounds is None
    opening = undenied or wider or unbounded
    allowed = _effective(after.allows, after, comparison) if opening else ()
    return Gains(
        tuple(_granted(each, after, comparison) for each in _effective(granted, after, comparison)),
        tuple(deny for deny in undenied if _any_meets(deny, allowed, comparison)),
        tuple(each for each in wider if _any_meets(each, allowed, comparison)),
        unbounded and bool(allowed),
    )


def _wider(before: Held, after: Held, comparison: Comparison) -> tuple[Grant, ...]:
    """What only the boundary after lets through, where there was another one."""
    if before.bounds is None or after.bounds is None:
        return ()
    return uncovered(after.bounds, before.bounds, comparison)


def _effective(allows: Sequence[Grant], held: Held, comparison: Comparison) -> tuple[Grant, ...]:
    """The parts of Allows that the boundary lets through and that no Deny surely takes."""
    bounds = held.bounds
    through = [a for a in allows if bounds is None or _any_meets(a, bounds, comparison)]
    return uncovered(through, [deny for deny in held.denies if deny.sure], comparison)


def _granted(grant: Grant, held: Held, comparison: Comparison) -> Granted:
    bounded = held.bounds is not None and bool(uncovered((grant,), held.bounds, comparison))
    return Granted(grant, bounded, _any_meets(grant, held.denies, comparison))


def _any_meets(grant: Grant, others: Sequence[Grant], comparison: Comparison) -> bool:
    return any(
        comparison.meet(grant.actions, other.actions)
        and comparison.meet(grant.resources, other.resources)
        for other in others
    )

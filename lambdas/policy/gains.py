"""Gains: what one power allows and another one did not; turned around, what was lost.

What is allowed in one and not in the other is always within the gains. They may say too much, where
patterns overlap without one covering the other; they never say too little.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lambdas.policy.document import Effect
from lambdas.policy.elements import MOST_COMPARED, Comparison
from lambdas.policy.grants import Grant, grants, uncovered
from lambdas.policy.source import Power
from lambdas.policy.statement import Statement

BOUNDARY = "the permissions boundary"
MOST_ASKED = 10_000
"""Pairs of patterns, at most, that are compared to find the condition that was asked for."""
_LEVEL = "level {} of the service control policies"


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant, what may hold some of it back, and whether a Deny may take some of it."""

    grant: Grant
    within: tuple[str, ...] = ()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Gains:
    """What is allowed now: each is gained as far as nothing else of the same power forbids it."""

    granted: tuple[Granted, ...] = ()
    """What policies allow."""
    undenied: tuple[Grant, ...] = ()
    """What a Deny forbade that is gone, or denies less."""
    let_through: tuple[tuple[str, Grant], ...] = ()
    """What the boundary, or a level of service control policies, held back."""
    unlimited: tuple[str, ...] = ()
    """Which of them are gone: whatever policies allow may be gained."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a power's statements reach.

    ``limits`` are what the boundary and each level of service control policies allow: all of them
    must allow what is to be allowed.
    """

    allows: tuple[Grant, ...] = ()
    denies: tuple[Grant, ...] = ()
    limits: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, power: Power) -> "Held":
        """What this power holds; a boundary that could not be read does not limit."""
        levels = {_LEVEL.format(n): sources for n, sources in enumerate(power.scps, 1)}
        limits = {BOUNDARY: (power.boundary,), **levels} if power.boundary else levels
        every = (power.identity, *limits.values())
        return cls(
            grants(power.identity, power, Effect.ALLOW),
            tuple(deny for sources in every for deny in grants(sources, power, Effect.DENY)),
            {name: grants(sources, power, Effect.ALLOW) for name, sources in limits.items()},
        )


def gains(before: Held, after: Held, pairs: int = MOST_COMPARED) -> Gains:
    """What is allowed after and was not before; with both exchanged, what is no longer allowed.

    After so many pairs of patterns, what was not compared is gained unless it is the same.
    """
    comparison = Comparison(pairs)
    granted = uncovered(after.allows, before.allows, comparison)
    undenied = uncovered(before.denies, after.denies, comparison)
    wider = [*_wider(before, after, comparison)]
    unlimited = tuple(name for name in before.limits if name not in after.limits)
    opening = undenied or wider or unlimited
    allowed = _effective(after.allows, after, comparison) if opening else ()
    return Gains(
        tuple(_granted(each, after, comparison) for each in _effective(granted, after, comparison)),
        tuple(deny for deny in undenied if _any_meets(deny, allowed, comparison)),
        tuple(each for each in wider if _any_meets(each[1], allowed, comparison)),
        unlimited if allowed else (),
    )


def _wider(before: Held, after: Held, comparison: Comparison) -> Iterator[tuple[str, Grant]]:
    """What limits let through that held it back before."""
    for name, limit in after.limits.items():
        if name in before.limits:
            for grant in uncovered(limit, before.limits[name], comparison):
                yield name, grant


def _effective(allows: Sequence[Grant], held: Held, comparison: Comparison) -> tuple[Grant, ...]:
    """The parts of Allows that each limit lets through and that no Deny surely takes."""
    limits = held.limits.values()
    through = [
        allow for allow in allows if all(_any_meets(allow, limit, comparison) for limit in limits)
    ]
    return uncovered(through, [deny for deny in held.denies if deny.sure], comparison)


def _granted(grant: Grant, held: Held, comparison: Comparison) -> Granted:
    within = (n for n, limit in held.limits.items() if uncovered((grant,), limit, comparison))
    return Granted(grant, tuple(within), _any_meets(grant, held.denies, comparison))


def _any_meets(grant: Grant, others: Sequence[Grant], comparison: Comparison) -> bool:
    return any(
        comparison.meet(grant.actions, other.actions)
        and comparison.meet(grant.resources, other.resources)
        for other in others
    )


def asked_instead(grant: Grant, other: Held, comparison: Comparison) -> Statement | None:
    """The statement under whose condition the other side has the same; None where there is none."""
    bare = replace(grant, asked=frozenset())
    for each in other.allows if comparison.affords(len(other.allows)) else ():
        if each.asked and not uncovered((bare,), (replace(each, asked=frozenset()),), comparison):
            return each.statement
    return None

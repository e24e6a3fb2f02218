"""Alike: powers that decide the same, so that thousands who draw on one policy are judged once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from lambdas.policy.chains.singling import singles_out
from lambdas.policy.source import Power, Source


@dataclass(frozen=True, slots=True)
class Alike:
    """All that decides about a power; equal for two principals that can do the same."""

    decides: tuple[object, ...]
    power: Power = field(compare=False)
    """That of the first one who was judged like this."""

    @classmethod
    def of(cls, power: Power) -> Self:
        """What decides about this power: who it is only where a document may single it out."""
        layers = (power.identity, (power.boundary,) if power.boundary else (), *power.scps)
        named = any(singles_out(each.document, power.arn or "") for held in layers for each in held)
        whose = (power.arn, power.subject) if named else (bool(power.arn), power.subject.kind)
        own = (power.partition, power.account, power.groups, power.policies, power.boundary_arn)
        return cls((whose, own, *map(_spelled, layers)), power)


def _spelled(sources: Iterable[Source]) -> tuple[object, ...]:
    return tuple((source.says, source.document) for source in sources)

"""Judged powers: what one comes to, also once its holder has taken away its own boundary.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lambdas.model.finding import SURENESS, Certainty
from lambdas.policy.administrator import administrator
from lambdas.policy.chains.boundary import Lift, invited, lift, unbound
from lambdas.policy.escalation import Way, all_ways, opened, shortest
from lambdas.policy.escalation.asking import Asking
from lambdas.policy.escalation.path import ASSUME
from lambdas.policy.evaluate import Decision, is_denied
from lambdas.policy.source import Power

_REWRITING = "iam-001"


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A power, judged: who draws on the same documents and is not singled out has the same."""

    asking: Asking
    admin: Decision
    ways: tuple[Way, ...]
    shortest: tuple[Way, ...]
    assumes_none: bool
    """Whether a Deny keeps it from every role, so that none needs to be looked at."""
    lift: Lift | None
    """How it gets around its boundary once it is given everything; None where that stands."""
    invited: Asking
    """The questions about the same power as if it were allowed to assume every role."""
    freed: "Freed | None"
    """How it takes its boundary away as it is, and what it may do then; None where it cannot."""

    @classmethod
    def of(cls, power: Power) -> "Judged":
        """The power, judged."""
        ways, asking = all_ways(power), Asking(power)
        return cls(
            asking=asking,
            admin=administrator(power),
            ways=ways,
            shortest=shortest(ways),
            assumes_none=is_denied(power, ASSUME, asking.pattern("role")),
            lift=lift(power),
            invited=Asking(invited(power)),
            freed=_freed(asking, ways),
        )

    @property
    def power(self) -> Power:
        """The power of the first one who was judged like this."""
        return self.asking.power

    @property
    def bounded(self) -> bool:
        """Whether there is a permissions boundary."""
        return self.power.boundary_arn is not None


class Freed(NamedTuple):
    """A way that takes away a boundary, and what its holder's power comes to without."""

    way: Way
    judged: Judged


def _freed(asking: Asking, ways: tuple[Way, ...]) -> Freed | None:
    """The surest way, if the boundary was read: one that was not restricts nothing anyway."""
    if asking.power.boundary is None:
        return None
    lifting = max(_lifting(asking, ways), key=_sureness, default=None)
    return Freed(lifting, Judged.of(unbound(asking.power))) if lifting else None


def _lifting(asking: Asking, ways: tuple[Way, ...]) -> Iterator[Way]:
    for way in ways:
        if way.path.unbinds or way.path.id == _REWRITING:
            for each in opened(asking, way.path):
                if lifts(asking.power, each) and each.certainty is not Certainty.POSSIBLE:
                    yield each


def lifts(power: Power, way: Way) -> bool:
    """Whether a way only takes the principal's own boundary away, and gives nothing else."""
    return way.on == (power.arn if way.path.unbinds else power.boundary_arn)


def _sureness(way: Way) -> int:
    return SURENESS.index(way.certainty)

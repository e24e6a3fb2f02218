"""The people of an account: its users, roles and groups, with what each may do and whom it trusts.

Principals that draw on the same documents are judged once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lambdas.model.arn import Arn
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.administrator import administrator
from lambdas.policy.chains.boundary import Lift, lift
from lambdas.policy.chains.relevant import relevant
from lambdas.policy.chains.singling import singles_out
from lambdas.policy.chains.trusts import Trust, trust
from lambdas.policy.escalation import Way, all_ways, shortest
from lambdas.policy.escalation.asking import Asking
from lambdas.policy.escalation.path import ASSUME
from lambdas.policy.evaluate import Decision, is_denied
from lambdas.policy.power import compose
from lambdas.policy.source import Power

_KINDS = frozenset({Kind.USER, Kind.ROLE, Kind.GROUP})


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

    @classmethod
    def of(cls, power: Power) -> "Judged":
        """The power, judged."""
        ways, asking = all_ways(power), Asking(power)
        assumes_none = is_denied(power, ASSUME, asking.pattern("role"))
        return cls(asking, administrator(power), ways, shortest(ways), assumes_none, lift(power))

    @property
    def power(self) -> Power:
        """The power of the first one who was judged like this."""
        return self.asking.power


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """A user, a role, or a group as if it were somebody."""

    subject: Subject
    arn: str
    judged: Judged
    trust: Trust = field(default_factory=Trust)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways up of the one who was judged, as this one's own."""
        former = self.judged.power.arn
        ways = self.judged.ways
        return tuple(replace(way, on=self.arn) if way.on == former else way for way in ways)

    @property
    def known_by(self) -> tuple[str, ...]:
        """Its ARN, and of a role what the ARNs of its sessions begin with."""
        power = self.judged.power
        if self.subject.kind is not Kind.ROLE:
            return (self.arn,)
        sessions = f"arn:{power.partition}:sts::{power.account}:assumed-role/{self.subject.name}"
        return self.arn, sessions


def people(states: States) -> Iterator[Person]:
    """Everybody in the states, judged."""
    kept: dict[object, Judged] = {}
    for subject, state in states.known.items():
        if subject.kind in _KINDS:
            judged = _judged(compose(subject, states), kept)
            yield Person(subject, state.arn, judged, _trust(state))


def _judged(power: Power, kept: dict[object, Judged]) -> Judged:
    """The power, judged; as another was if no document that matters singles its holder out."""
    matters = relevant(power)
    deciding = [*matters.identity, *((power.boundary,) if power.boundary else ())]
    if power.problems or any(singles_out(each.document, power.arn or "") for each in deciding):
        return Judged.of(power)
    alike = (
        (power.subject.kind, power.partition, power.account, power.groups, power.policies),
        (power.boundary_arn, *((source.says, source.document) for source in deciding)),
    )
    if alike not in kept:
        kept[alike] = Judged.of(matters)
    return kept[alike]


def _trust(state: State) -> Trust:
    text = state.value(Part.TRUST)
    arn = Arn.parse(state.arn)
    return trust(text, arn.account) if text is not None and arn else Trust()

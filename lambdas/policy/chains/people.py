"""The people of an account: its users, roles and groups, with what each may do and whom it trusts.

Principals that draw on the same documents are judged once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lambdas.model.arn import Arn
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.chains.alike import Alike
from lambdas.policy.chains.judged import Judged
from lambdas.policy.chains.relevant import relevant
from lambdas.policy.chains.trusts import Trust, trust
from lambdas.policy.escalation import Way
from lambdas.policy.power import compose
from lambdas.policy.source import Power

_KINDS = frozenset({Kind.USER, Kind.ROLE, Kind.GROUP})


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
    kept: dict[Alike, Judged] = {}
    for subject, state in states.known.items():
        if subject.kind in _KINDS:
            judged = _judged(compose(subject, states), kept)
            yield Person(subject, state.arn, judged, _trust(state))


def _judged(power: Power, kept: dict[Alike, Judged]) -> Judged:
    """The power, judged; as another was that decides the same."""
    if power.problems:
        return Judged.of(power)
    alike = Alike.of(relevant(power))
    if alike not in kept:
        kept[alike] = Judged.of(alike.power)
    return kept[alike]


def _trust(state: State) -> Trust:
    text = state.value(Part.TRUST)
    arn = Arn.parse(state.arn)
    return trust(text, arn.account) if text is not None and arn else Trust()

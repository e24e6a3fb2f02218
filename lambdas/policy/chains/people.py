"""The people of an account: its users, roles and groups, with what each may do and whom it trusts.

Principals that draw on the same documents are judged once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lambdas.model.arn import Arn
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.administrator import administrator
from lambdas.policy.chains.trusts import Trust, trust
from lambdas.policy.escalation import Way, all_ways, shortest
from lambdas.policy.escalation.asking import Asking
from lambdas.policy.evaluate import Answer, Decision
from lambdas.policy.match import matches
from lambdas.policy.power import Power, compose

_KINDS = frozenset({Kind.USER, Kind.ROLE, Kind.GROUP})
_NAMING = re.compile(r'"((?:arn:[^":]*:(?:iam|sts|[^":]*[*?][^":]*):|[^":]*[*?])[^"]*)"')
"""Texts of a document that may single out a principal: ARNs of IAM, and what may stand for one."""
_EVERYBODY = re.compile(r"(?:[^/]*:)?(?:(?:user|role|group|policy)/)?\*")
"""Those among them that stand for all alike."""
_KEPT = 16384
"""Texts whose names are kept: as many as an account can have policies, and their versions."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A power, judged: who draws on the same documents and is not singled out has the same."""

    asking: Asking
    admin: Decision
    ways: tuple[Way, ...]
    shortest: tuple[Way, ...]

    @classmethod
    def of(cls, power: Power) -> "Judged":
        """The power, judged."""
        ways = all_ways(power)
        return cls(Asking(power), administrator(power), ways, shortest(ways))

    @property
    def power(self) -> Power:
        """The power of the first one who was judged like this."""
        return self.asking.power

    @property
    def bound(self) -> bool:
        """Whether a boundary keeps it from being administrator, whatever else it is given."""
        power = self.power
        if power.boundary is None:
            return power.boundary_arn is not None
        whole = replace(power, identity=(power.boundary,), boundary=None)
        return administrator(whole).answer is Answer.DENIED


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


def people(states: States) -> Iterator[Person]:
    """Everybody in the states, judged."""
    kept: dict[object, Judged] = {}
    for subject, state in states.known.items():
        if subject.kind in _KINDS:
            key = _alike(state, states)
            judged = kept.get(key) or Judged.of(compose(subject, states))
            if key is not None and not judged.power.problems:
                kept[key] = judged
            yield Person(subject, state.arn, judged, _trust(state))


def _trust(state: State) -> Trust:
    text = state.value(Part.TRUST)
    arn = Arn.parse(state.arn)
    return trust(text, arn.account) if text is not None and arn else Trust()


def _alike(state: State, states: States) -> object:
    """What decides about the power, if no document singles its holder out; else None."""
    holders = [state, *(found for found in map(states.of, state.draws_on()) if found)]
    groups = [found for found in holders if found.subject.kind is Kind.GROUP]
    further = [states.of(each) for group in groups for each in group.draws_on()]
    texts = [text for holder in (*holders, *further) if holder for text in _texts(holder)]
    if state.parts.get(Part.INLINE) or any(_singles_out(text, state.arn) for text in texts):
        return None
    parts = (Part.ATTACHED, Part.GROUPS, Part.BOUNDARY)
    held = (tuple(sorted(state.parts.get(part, {"?": "?"}).items())) for part in parts)
    return (state.subject.kind, state.arn.rpartition(":")[0], *held)


def _texts(holder: State) -> Iterator[str]:
    yield from holder.parts.get(Part.DOCUMENT, {}).values()
    yield from holder.parts.get(Part.INLINE, {}).values()


def _singles_out(text: str, arn: str) -> bool:
    """Whether a document may speak of this very principal."""
    names = _names(text)
    if names is None:
        return True
    name = arn.rpartition("/")[2]
    return f'"{name}"' in text or any(
        matches(each, arn) or each.rpartition("/")[2] == name for each in names
    )


@lru_cache(maxsize=_KEPT)
def _names(text: str) -> tuple[str, ...] | None:
    """The texts that may name a principal; None where a variable or an escape may stand for one."""
    if "${" in text or "\\" in text:
        return None
    return tuple(name for name in _NAMING.findall(text) if not _EVERYBODY.fullmatch(name))

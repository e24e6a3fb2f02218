"""Raising: hops to being administrator by giving more to oneself, or to somebody else first."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from lambdas.model.finding import SURENESS, Certainty
from lambdas.policy.administrator import administrator
from lambdas.policy.chains.boundary import attached, unbound
from lambdas.policy.chains.hop import Hop, decided, hop_to
from lambdas.policy.chains.hops import over
from lambdas.policy.chains.judged import Judged, lifts
from lambdas.policy.chains.stage import Stage
from lambdas.policy.chains.steps import RAISING
from lambdas.policy.escalation import Way, opened
from lambdas.policy.evaluate import Answer, Decision

_BY_ITSELF = frozenset(
    {"iam-001", "iam-005", "iam-007", "iam-008", "iam-009", "iam-010", "iam-011"}
)
_BY_A_NEW_ROLE = frozenset({"attachrolepolicy+createrole", "createrole+putrolepolicy"})


def raising(judged: Judged, raised: Stage, sureness: int) -> Hop | None:
    """A hop to being administrator, at least this sure; None where there is none.

    What is done to oneself does not lead there where a boundary stands and cannot be lifted;
    ``raised`` are those for whom it can, or who have none.
    """
    hops = chain(_by_itself(judged, sureness), _by_others(judged, raised, sureness))
    return next((hop for hop in hops if hop.sureness >= sureness), None)


def _by_itself(judged: Judged, sureness: int) -> Iterator[Hop]:
    for way in judged.ways:
        if SURENESS.index(way.certainty) < sureness:
            continue  # each is told at its surest: no other place of it can be that sure
        if way.path.id in _BY_A_NEW_ROLE:
            yield hop_to(None, way.path.id, way.path.says, way.certainty, (decided(way),))
        elif way.path.unbinds or way.path.id in _BY_ITSELF:
            for each in opened(judged.asking, way.path):
                if each.certainty is not Certainty.POSSIBLE:
                    yield from _at(judged, each)


def _at(judged: Judged, way: Way) -> Iterator[Hop]:
    """What doing it there leads to: one place may be surer than another that leads further."""
    power = judged.power
    if lifts(power, way):
        gives = not way.path.unbinds and attached(power)
        admin = Decision(Answer.ALLOWED) if gives else administrator(unbound(power))
        if admin.answer is not Answer.DENIED:
            decisions = decided(way), admin
            yield hop_to(None, way.path.id, way.path.says, way.certainty, decisions)
    elif judged.lift and _is_its_own(judged, way):
        says = f"{way.path.says}{judged.lift.says}"
        yield hop_to(None, way.path.id, says, way.certainty, (decided(way), judged.lift.decision))


def _is_its_own(judged: Judged, way: Way) -> bool:
    """Whether a way gives more to the principal itself, or to what it draws on."""
    power = judged.power
    return not way.path.unbinds and way.on in (power.arn, *power.groups, *power.policies)


def _by_others(judged: Judged, raised: Stage, sureness: int) -> Iterator[Hop]:
    for way in judged.ways:
        if way.path.id in RAISING:
            for hop in over(judged, way, raised, sureness):
                yield replace(hop, to=None)

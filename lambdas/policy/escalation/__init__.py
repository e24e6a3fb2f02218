"""Escalation: the ways in which a principal can give itself more power, or become somebody else.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.severity import Severity
from lambdas.policy.escalation.asking import Asking
from lambdas.policy.escalation.beside import beside
from lambdas.policy.escalation.path import Category, Path, Target
from lambdas.policy.escalation.paths import named_paths, shorter
from lambdas.policy.escalation.places import Place, places
from lambdas.policy.evaluate import Answer, Decision
from lambdas.policy.source import Power

_LOUDEST = {
    Category.SELF: (Severity.MEDIUM, Severity.MEDIUM, Severity.HIGH),
    Category.ACCESS: (Severity.MEDIUM, Severity.MEDIUM, Severity.HIGH),
    Category.NEW: (Severity.LOW, Severity.MEDIUM, Severity.HIGH),
    Category.EXISTING: (Severity.LOW, Severity.MEDIUM, Severity.HIGH),
}
"""How loud a way is at most: where it is possible, conditional, certain."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way up: what the principal can do, on which resource, and why."""

    path: Path
    on: str
    certainty: Certainty
    because: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    at_most: Severity = Severity.HIGH

    @property
    def severity(self) -> Severity:
        """The path's own, or what its category allows where it is not certain."""
        loudest = _LOUDEST[self.path.category][SURENESS.index(self.certainty)]
        return min(self.path.severity, self.at_most, loudest)

    @property
    def needs(self) -> str:
        """Such as: iam:PassRole on arn:aws:iam::123456789012:role/* and lambda:CreateFunction."""
        on_target = self.path.actions or self.path.beside
        further = self.path.beside if self.path.actions else ()
        return " and ".join((f"{' and '.join(on_target)} on {self.on}", *further))


def ways(power: Power) -> tuple[Way, ...]:
    """The ways up that the power opens, each at its most certain, none beside a shorter one."""
    return shortest(all_ways(power))


def all_ways(power: Power, unknown: frozenset[Target] = frozenset()) -> tuple[Way, ...]:
    """The ways up that the power opens, each at its most certain, with those that need more.

    What the caller may do to itself or to what it draws on is certain, and so is what it may do
    to every other user or role; where it depends on users, roles, groups, policy versions or
    resources that are not known, it is possible. ``unknown`` are targets among what is the
    caller's own that are not known.
    """
    named = named_paths(source.document for source in power.identity)
    asking = Asking(power, unknown)
    return tuple(way for path in named if (way := _way(asking, path)))


def shortest(found: tuple[Way, ...]) -> tuple[Way, ...]:
    """The ways without those that need more than another one and say no more.

    Lifting a boundary is always worth saying.
    """
    by_id = {way.path.id: way for way in found}
    return tuple(
        way
        for way in found
        if way.path.unbinds
        or not any(
            _says_no_less(by_id[other], way) for other in shorter()[way.path.id] if other in by_id
        )
    )


def _says_no_less(one: Way, other: Way) -> bool:
    sure = SURENESS.index(one.certainty) >= SURENESS.index(other.certainty)
    return sure and one.severity >= other.severity


def _way(asking: Asking, path: Path) -> Way | None:
    """The surest way over a path; none can be surer than the path itself."""
    best = None
    for way in opened(asking, path):
        if best is None or SURENESS.index(way.certainty) > SURENESS.index(best.certainty):
            best = way
        if best.certainty is path.at_most:
            break
    return best


def opened(asking: Asking, path: Path) -> Iterator[Way]:
    """The way over a path at every place to which the power opens it."""
    further: list[Decision] | None = None
    for place in places(asking, path):
        decisions = [place.ask(action, place.on) for action in place.actions]
        if not _denied(decisions):
            further = further or [*beside(asking, path.beside)]
            if _denied(further):
                return
            yield _allowed(path, place, decisions + further)


def _denied(decisions: Iterable[Decision]) -> bool:
    return any(decision.answer is Answer.DENIED for decision in decisions)


def _allowed(path: Path, place: Place, decisions: list[Decision]) -> Way:
    answer = min(decision.answer for decision in decisions)
    return Way(
        path,
        place.on,
        min(SURENESS[answer], place.certainty, path.at_most, key=SURENESS.index),
        tuple(dict.fromkeys(reason for each in decisions for reason in each.because)),
        tuple(dict.fromkeys(condition for each in decisions for condition in each.given)),
        place.at_most,
    )

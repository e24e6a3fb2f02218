"""What a principal's power comes to: administrator or not, and the ways up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

from cli.assess_line import Given
from lambdas.model.finding import SURENESS, Certainty
from lambdas.policy.administrator import administrator
from lambdas.policy.escalation import Way, all_ways, shortest
from lambdas.policy.escalation.path import Category
from lambdas.policy.evaluate import Answer, Decision
from lambdas.policy.power import Power

_ADMIN = {Answer.DENIED: "no", Answer.CONDITIONAL: "conditional", Answer.ALLOWED: "yes"}
_ADMIN_WORDS = {
    Answer.DENIED: "no administrator",
    Answer.CONDITIONAL: "administrator under a condition",
    Answer.ALLOWED: "administrator",
}
_NOT_KNOWN = "not known"
_TOGETHER = (Category.NEW, Category.EXISTING)
"""Ways of which one statement opens many: told together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The verdict on one principal's policies; the surest ways up come first."""

    id: object
    admin: Decision
    ways: tuple[Way, ...]
    errors: tuple[str, ...]

    @classmethod
    def of(cls, line: Given) -> Self:
        """The verdict on somebody who has one of a line's powers, whichever gives most."""
        ways: dict[str, Way] = {}
        for way in (way for power in line.powers for way in _ways(line, power)):
            former = ways.get(way.path.id)
            if former is None or _sure(way) > _sure(former):
                ways[way.path.id] = way
        admin = max(map(administrator, line.powers), key=lambda decision: decision.answer)
        return cls.found(line.id, admin, ways.values(), line.errors)

    @classmethod
    def found(
        cls, name: object, admin: Decision, ways: Iterable[Way], errors: Iterable[str]
    ) -> Self:
        """The verdict, from what was found."""
        surest = tuple(sorted(ways, key=_sure, reverse=True))
        return cls(id=name, admin=admin, ways=surest, errors=tuple(errors))

    @property
    def flagged(self) -> bool:
        """Whether there is anything to say."""
        return self.admin.answer is not Answer.DENIED or bool(self.ways or self.errors)

    def as_json(self) -> dict[str, Any]:
        """The object for machines: every way up, whether it is the shortest or not."""
        return {
            "id": self.id,
            "admin": _ADMIN[self.admin.answer],
            "escalations": [
                escalation(way.path.id, way.certainty, way.because, way.given) for way in self.ways
            ],
            "errors": [*self.errors],
        }

    def as_text(self) -> Iterator[str]:
        """Lines for people: only the shortest ways, and none of an administrator."""
        yield f"{self.id}: {_ADMIN_WORDS[self.admin.answer]}"
        yield from reasons(self.admin.because, self.admin.given)
        if self.admin.answer is not Answer.ALLOWED:
            for found in _together(shortest(self.ways)):
                says = "; ".join(dict.fromkeys(way.path.says.removeprefix("can ") for way in found))
                yield f"  {found[0].certainty}: can {says} [{', '.join(w.path.id for w in found)}]"
                yield from reasons(found[0].because, found[0].given)
        yield from (f"  error: {error}" for error in self.errors)


def _ways(line: Given, power: Power) -> Iterator[Way]:
    """The ways up; lifting a boundary is possible where it is not known whether there is one."""
    if line.boundary_known:
        yield from all_ways(power, line.unknown)
        return
    for way in all_ways(replace(power, boundary_arn=_NOT_KNOWN), line.unknown):
        yield replace(way, certainty=Certainty.POSSIBLE) if way.path.unbinds else way


def escalation(
    path: str, certainty: Certainty, because: Iterable[str], given: Iterable[str]
) -> dict[str, Any]:
    """One way up for machines; ``if`` stands there only where something must hold."""
    told = {"path": path, "certainty": str(certainty), "because": [*because]}
    conditions = [*given]
    return {**told, "if": conditions} if conditions else told


def reasons(because: Iterable[str], given: Iterable[str]) -> Iterator[str]:
    """Lines for people: by which statements, and under which conditions."""
    yield from (f"      by {reason}" for reason in because)
    yield from (f"      {condition}" for condition in given)


def _together(ways: Iterable[Way]) -> Iterable[list[Way]]:
    """The ways for which the same is to be said, in one list each."""
    found: dict[object, list[Way]] = {}
    for way in ways:
        alike = way.path.category, way.certainty, way.because, way.given
        key = alike if way.path.category in _TOGETHER else way.path.id
        found.setdefault(key, []).append(way)
    return found.values()


def _sure(way: Way) -> int:
    return SURENESS.index(way.certainty)

"""Leading: who of those that are left comes to a stage of a search, and over which hops."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from lambdas.model.finding import SURENESS
from lambdas.model.subject import PRINCIPALS
from lambdas.policy.chains.entering import Invited, entering, raising_invited
from lambdas.policy.chains.entry import Entry
from lambdas.policy.chains.hop import Hop, decided, hop_to
from lambdas.policy.chains.hops import becoming
from lambdas.policy.chains.judged import Judged
from lambdas.policy.chains.left import Left
from lambdas.policy.chains.people import Person
from lambdas.policy.chains.raising import raising
from lambdas.policy.chains.stage import Opened, Stage
from lambdas.policy.chains.steps import RAISING_INVITED
from lambdas.policy.escalation.path import ASSUME

Hops = tuple[Hop, ...]
_Look = Callable[[Judged, Stage, int], Hop | None]
_Enter = Callable[[Invited], Iterable[Hop]]
_Led = Iterator[tuple[Person, Hops]]


class Leading:
    """Everybody, each with the power that it acts with: as it is, or freed from its boundary."""

    def __init__(
        self,
        left: Left,
        alike: Mapping[Judged, Sequence[Person]],
        sureness: int,
        *,
        freed: bool,
    ) -> None:
        """Look up the powers; who cannot free itself this surely is left out where it must."""
        self._left = left
        self._sureness = sureness
        self._freed = freed
        acting = ((judged, self._as(judged)) for judged in alike)
        self._acting = {judged: found for judged, found in acting if found}
        self._able = [(found, alike[each]) for each, found in self._acting.items() if found.ways]

    def _as(self, judged: Judged) -> Judged | None:
        if not self._freed:
            return judged
        freed = judged.freed
        sure = freed is not None and SURENESS.index(freed.way.certainty) >= self._sureness
        return freed.judged if freed and sure else None

    def raising(self, raised: Stage) -> _Led:
        """Those who become administrator by giving more to themselves, or to one of these."""
        entered = self._entered(raised, raising_invited, _raises)
        return self._told(chain(self._over(raised, raising), entered))

    def becoming(self, stage: Stage) -> _Led:
        """Those who become one of a stage."""
        entered = self._entered(stage, entering, _assumes)
        return self._told(chain(entered, self._over(stage, becoming)))

    def _told(self, led: Iterable[tuple[Person, Hop]]) -> _Led:
        return ((person, (*self._before(person), hop)) for person, hop in led)

    def _before(self, person: Person) -> Hops:
        """The hop with which somebody frees itself, where it does."""
        freed = person.judged.freed
        if not self._freed or freed is None:
            return ()
        way = freed.way
        return (hop_to(person.subject, way.path.id, way.path.says, way.certainty, (decided(way),)),)

    def _over(self, stage: Stage, look: _Look) -> Iterator[tuple[Person, Hop]]:
        """Over ways: all alike at once; and one by one where a role does not let in all alike."""
        for judged, held in self._able:
            if any(map(self._left.has, held)):
                hop = look(judged, stage, self._sureness)
                if hop is not None:
                    yield from ((person, hop) for person in held)
        for roles in stage.choosing(self._sureness):
            opened: dict[Entry, Stage] = {}
            for judged, person in self._assuming():
                entry = roles[0][1].of(person.arn, bounded=judged.bounded)
                if entry is not None:
                    if entry not in opened:
                        opened[entry] = Opened(roles, entry)
                    hop = look(judged, opened[entry], self._sureness)
                    if hop is not None:
                        yield person, hop

    def _assuming(self) -> Iterator[tuple[Judged, Person]]:
        """Those whose own policies may allow them to assume roles."""
        for judged, held in self._able:
            if any(ASSUME in way.path.actions for way in judged.ways):
                yield from ((judged, person) for person in held if self._left.has(person))

    def _entered(
        self, stage: Stage, enter: _Enter, may: Callable[[Judged], bool]
    ) -> Iterator[tuple[Person, Hop]]:
        """Over the trust of roles that name somebody, or let in anybody."""
        for arn, role, entry in stage.named:
            person = self._left.named(arn)
            acting = self._acting.get(person.judged) if person else None
            if person and acting:
                yield from self._first(person, enter((person, acting, role, entry)))
        everybody = self._left.people if stage.open_to_anybody(self._sureness) else ()
        for person in everybody:
            acting = self._acting.get(person.judged)
            if acting and person.subject.kind in PRINCIPALS and may(acting):
                invited = self._invited(person, acting, stage)
                yield from self._first(person, (hop for each in invited for hop in enter(each)))

    def _first(self, person: Person, hops: Iterable[Hop]) -> Iterator[tuple[Person, Hop]]:
        hop = next((hop for hop in hops if hop.sureness >= self._sureness), None)
        if hop is not None:
            yield person, hop

    def _invited(self, person: Person, judged: Judged, stage: Stage) -> Iterator[Invited]:
        for roles in stage.open_to_anybody(self._sureness):
            first = roles[0][1].of(person.arn, bounded=judged.bounded)
            if first is not None:
                yield from ((person, judged, role, first.by(entry)) for role, entry in roles)


def _assumes(judged: Judged) -> bool:
    return not judged.assumes_none


def _raises(judged: Judged) -> bool:
    return any(way.path.id in RAISING_INVITED for way in judged.ways)

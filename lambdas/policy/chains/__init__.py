"""Chains: who of an account can become administrator, over whom, and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from lambdas.model.finding import SURENESS
from lambdas.model.subject import PRINCIPALS, Subject
from lambdas.policy.chains.hop import Chain, Hop
from lambdas.policy.chains.hops import becoming, named_hop, open_hop, raising
from lambdas.policy.chains.people import Judged, Person
from lambdas.policy.chains.stage import Stage
from lambdas.policy.evaluate import Answer

_SURE_FIRST = tuple(reversed(range(len(SURENESS))))


def chains(people: Sequence[Person]) -> Mapping[Subject, tuple[Chain, ...]]:
    """The shortest chains of everybody who can become administrator, and is none yet.

    Of each that are equally sure, one; a less sure one only where it is shorter. The shortest
    comes first. What lies between two principals and is not among an account's identities, such
    as a function that runs with a role, makes a hop possible.
    """
    found: dict[Subject, list[Chain]] = defaultdict(list)
    for sureness in _SURE_FIRST:
        for subject, hops in _Search(people, sureness).run().items():
            if not found[subject] or len(hops) < len(found[subject][-1].hops):
                found[subject].append(Chain(hops, SURENESS[sureness]))
    administrators = {p.subject for p in people if p.judged.admin.answer is Answer.ALLOWED}
    return {
        subject: tuple(reversed(each))
        for subject, each in found.items()
        if each and each[-1].hops and subject not in administrators
    }


class _Search:
    """One search from the administrators outwards, over hops that are at least this sure."""

    def __init__(self, people: Sequence[Person], sureness: int) -> None:
        self.sureness = sureness
        self.left = {person.subject: person for person in people}
        self.by_arn = {each: person for person in people for each in person.known_by}
        self.alike: dict[Judged, list[Person]] = defaultdict(list)
        for person in people:
            self.alike[person.judged].append(person)
        self.able = {judged for judged in self.alike if judged.ways}
        self.hops: dict[Subject, tuple[Hop, ...]] = {}

    def run(self) -> Mapping[Subject, tuple[Hop, ...]]:
        """Everybody who can become administrator, with the hops; none for who is one."""
        stage = self._reached(
            (person, ())
            for judged, held in self.alike.items()
            if judged.admin.answer > Answer.DENIED and judged.admin.answer >= self.sureness
            for person in held
        )
        unbound = Stage(each for each in self.left.values() if each.judged.lift is not None)
        first = [*self._raised(unbound), *self._becoming(Stage(stage))]
        stage = self._reached(first)
        while stage:
            stage = self._reached(self._becoming(Stage(stage)))
        return self.hops

    def _raised(self, unbound: Stage) -> Iterable[tuple[Person, tuple[Hop, ...]]]:
        for judged in self.able:
            hop = raising(judged, unbound, self.sureness)
            if hop is not None:
                yield from ((person, (hop,)) for person in self.alike[judged])

    def _becoming(self, stage: Stage) -> Iterable[tuple[Person, tuple[Hop, ...]]]:
        for arn, role, entry in stage.named:
            person = self.by_arn.get(arn)
            if person is not None and person.subject in self.left:
                hop = named_hop(person, role, entry)
                if hop is not None and hop.sureness >= self.sureness:
                    yield person, (hop, *self.hops[role.subject])
        yield from self._let_in(stage)
        for judged in self.able:
            if any(person.subject in self.left for person in self.alike[judged]):
                hop = becoming(judged, stage, self.sureness)
                if hop is not None and hop.to is not None:
                    further = self.hops[hop.to]
                    yield from ((person, (hop, *further)) for person in self.alike[judged])

    def _let_in(self, stage: Stage) -> Iterable[tuple[Person, tuple[Hop, ...]]]:
        """Those whom a role lets in because it trusts anybody."""
        if stage.open_to_anybody(self.sureness):
            for person in [*self.left.values()]:
                if person.subject.kind in PRINCIPALS and not person.judged.assumes_none:
                    hop = open_hop(person, stage, self.sureness)
                    if hop is not None and hop.to is not None:
                        yield person, (hop, *self.hops[hop.to])

    def _reached(self, found: Iterable[tuple[Person, tuple[Hop, ...]]]) -> list[Person]:
        """Those of the found who were not reached before, who now are."""
        reached = []
        for person, hops in found:
            if self.left.pop(person.subject, None) is not None:
                self.hops[person.subject] = hops
                reached.append(person)
        return reached

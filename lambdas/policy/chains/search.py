"""The search for chains: from the administrators outwards, everybody once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from lambdas.model.subject import Subject
from lambdas.policy.chains.hop import Hop
from lambdas.policy.chains.judged import Judged
from lambdas.policy.chains.leading import Hops, Leading
from lambdas.policy.chains.left import Left
from lambdas.policy.chains.people import Person
from lambdas.policy.chains.stage import Stage
from lambdas.policy.evaluate import Answer


class Search:
    """One search from the administrators outwards, over hops that are at least this sure."""

    def __init__(self, people: Sequence[Person], sureness: int) -> None:
        """Begin with nobody reached."""
        self._sureness = sureness
        self._alike: dict[Judged, list[Person]] = defaultdict(list)
        for person in people:
            self._alike[person.judged].append(person)
        self._left = Left(people)
        self._hops: dict[Subject, tuple[Hop, ...]] = {}

    def run(self) -> Mapping[Subject, tuple[Hop, ...]]:
        """Everybody who can become administrator, with the hops; none for who is one.

        Who must take away its own boundary first needs one hop more, and is told a stage later.
        """
        stage = self._reached((person, ()) for person in self._administrators())
        unbound = Stage(each for each in self._left.people if each.judged.lift is not None)
        as_is, freed = (
            Leading(self._left, self._alike, self._sureness, freed=freed) for freed in (False, True)
        )
        found = self._led(as_is.raising(unbound), as_is.becoming(stage))
        later = self._led(freed.raising(unbound), freed.becoming(stage))
        while found or later:
            stage = self._reached(found)
            found = [*self._led(as_is.becoming(stage)), *later]
            later = self._led(freed.becoming(stage))
        return self._hops

    def _administrators(self) -> Iterable[Person]:
        for judged, held in self._alike.items():
            answer = judged.admin.answer
            if answer > Answer.DENIED and answer >= self._sureness:
                yield from held

    def _led(self, *leading: Iterable[tuple[Person, Hops]]) -> list[tuple[Person, Hops]]:
        """With the hops that are known to go on from where each leads."""
        return [
            (person, (*hops, *(self._hops[last] if (last := hops[-1].to) else ())))
            for each in leading
            for person, hops in each
        ]

    def _reached(self, found: Iterable[tuple[Person, Hops]]) -> Stage:
        """Those of the found who were not reached before, who now are."""
        reached = []
        for person, hops in found:
            if self._left.take(person):
                self._hops[person.subject] = hops
                reached.append(person)
        return Stage(reached)

"""Finding, among many people, those whose ARNs a pattern stands for."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from lambdas.policy.chains.entry import Entry
from lambdas.policy.chains.people import Person
from lambdas.policy.match import matches

_FIELDS = 6
Candidate = tuple[Person, Entry | None]
"""Somebody, and how it lets others in where that matters."""


class Index:
    """People in the order of their ARNs."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        """File the people."""
        filed = sorted(candidates, key=lambda each: each[0].arn)
        self._arns = [person.arn for person, _ in filed]
        self._candidates = filed

    def among(self, regions: Iterable[str]) -> Iterator[Candidate]:
        """Those whom one of the patterns stands for, those of the first pattern first."""
        for region in regions:
            yield from self._matching(region)

    def _matching(self, region: str) -> Iterator[Candidate]:
        if not self._arns:
            return
        pattern = self._own(region)
        wild = min((at for at in map(pattern.find, "*?") if at >= 0), default=len(pattern))
        start = bisect_left(self._arns, pattern[:wild])
        for at in range(start, len(self._arns)):
            if not self._arns[at].startswith(pattern[:wild]):
                return
            if matches(pattern, self._arns[at]):
                yield self._candidates[at]

    def _own(self, region: str) -> str:
        """The pattern with partition and account filled in, so that few ARNs begin like it."""
        fields, own = region.split(":", _FIELDS - 1), self._arns[0].split(":", _FIELDS - 1)
        if len(fields) < _FIELDS:
            return region
        known = (of_own if each == "*" else each for each, of_own in zip(fields, own, strict=True))
        return ":".join((*list(known)[:-1], fields[-1]))

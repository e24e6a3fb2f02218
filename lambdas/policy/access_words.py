"""Access in words: services and access levels of many actions in few lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lambdas.policy.actions import Level, levels
from lambdas.policy.elements import Element, Pattern
from lambdas.policy.listing import cut, element_words, joined, listed
from lambdas.policy.match import covers

Line = tuple[int, str]
"""A rank, of which the lowest matters most, and a sentence."""
FIRST = 0
"""The rank of what may be anything; the levels come after it."""
_RANKS = {level: rank for rank, level in enumerate(Level, FIRST + 1)}
Found = Mapping[str, frozenset[Level]]
"""Service prefix -> levels."""
_MOST_HARD = 100
"""Patterns with wildcards inside that are looked up: each is compared with every action."""
_APART = 3
"""Services with a line of their own; more are told together, by their highest level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What to say of services and levels that the other side does not have at all.

    ``service`` and ``level`` are of one service, ``services`` is of many; ``some`` is said of what
    may be anything, where the other side has some of it. Empty ones are not said.
    """

    service: str = ""
    level: str = ""
    services: str = ""
    some: str = ""


class Lookup:
    """Looks up what patterns reach; unknown for the last ones of many that are hard."""

    def __init__(self) -> None:
        self._hard = 0

    def __call__(self, pattern: Pattern) -> Found:
        """The services and levels that a pattern of actions reaches."""
        service, _, name = pattern.widest.partition(":")
        self._hard += any(wild in service + name[:-1] for wild in "*?")
        if self._hard > _MOST_HARD:
            return {service: frozenset({Level.UNKNOWN})}
        return levels(pattern.widest)


class Known:
    """The services and levels that some elements reach."""

    def __init__(self, elements: Iterable[Element], lookup: Lookup) -> None:
        self.lookup = lookup
        self._wide: list[Element] = []
        self._levels: dict[str, set[Level]] = {}
        for element in elements:
            if element.all_but or element.everything:
                self._wide.append(element)
            else:
                self._add(element)

    def _add(self, element: Element) -> None:
        for pattern in element.patterns:
            for service, reached in self.lookup(pattern).items():
                self._levels.setdefault(service, set()).update(reached)

    def __bool__(self) -> bool:
        return bool(self._wide or self._levels)

    def of(self, service: str) -> frozenset[Level]:
        """The levels of a service; all of them where nothing says otherwise."""
        if any(not _leaves_out(element, service) for element in self._wide):
            return frozenset(Level)
        return frozenset(self._levels.get(service, ()))


def _leaves_out(element: Element, service: str) -> bool:
    every = f"{service}:*"
    return element.all_but and any(covers(each.widest, every) for each in element.patterns)


class _Service:
    """One service, and the levels of it that each pattern reaches, what matters most first."""

    def __init__(self, name: str, found: Mapping[Pattern, frozenset[Level]]) -> None:
        self.name = name
        self.patterns = sorted(found, key=lambda pattern: _rank(found[pattern]))
        self.reached = frozenset[Level]().union(*found.values())
        self.rank = _rank(self.reached)

    @property
    def words(self) -> str:
        """Such as: write and read access."""
        every = f"{self.name}:*"
        if any(covers(pattern.widest, every) for pattern in self.patterns):
            return "everything"
        return f"{joined(level for level in Level if level in self.reached)} access"


def _rank(reached: frozenset[Level]) -> int:
    return min(_RANKS[level] for level in reached)


def access_lines(
    elements: Sequence[Element], known: Known, news: News, where: str
) -> Iterator[Line]:
    """What the elements reach, over what is known already; ``where`` ends each line."""
    some = news.some if known else ""
    if any(element.everything for element in elements):
        yield FIRST, f"everything{where}{some}"
        return
    for element in elements:
        if element.all_but:
            yield FIRST, f"{element_words(element)}{where}{some}"
    patterns = [p for each in elements if not each.all_but for p in each.patterns]
    by_rank: dict[int, list[_Service]] = {}
    for service in _by_service(patterns, known.lookup):
        by_rank.setdefault(service.rank, []).append(service)
    for rank, services in sorted(by_rank.items()):
        if len(services) > _APART:
            yield rank, f"{_together(services, known, news)}{where}"
        else:
            yield from ((rank, f"{_apart(each, known, news)}{where}") for each in services)


def _by_service(patterns: Iterable[Pattern], lookup: Lookup) -> Iterable[_Service]:
    filed: dict[str, dict[Pattern, frozenset[Level]]] = {}
    for pattern in patterns:
        for service, reached in lookup(pattern).items():
            filed.setdefault(service, {})[pattern] = reached
    return (_Service(name, held) for name, held in filed.items())


def _apart(service: _Service, known: Known, news: News) -> str:
    """Such as: write access in s3 (new service): s3:PutObject."""
    had = known.of(service.name)
    gained = [level for level in Level if level in service.reached - had]
    said = news.level.format(joined(gained)) if had else news.service
    named = listed(dict.fromkeys(pattern.text for pattern in service.patterns))
    news_words = f" ({said})" if gained and said else ""
    return f"{service.words} in {cut(service.name)}{news_words}: {named}"


def _together(services: Sequence[_Service], known: Known, news: News) -> str:
    """Such as: up to read access in 12 services (3 of them new): ec2, s3, sns and 9 more."""
    level = next(level for level in Level if _RANKS[level] == services[0].rank)
    new = sum(not known.of(service.name) for service in services) if news.services else 0
    said = f" ({'all' if new == len(services) else new} {news.services})" if new else ""
    named = listed(service.name for service in services)
    return f"up to {level} access in {len(services)} services{said}: {named}"

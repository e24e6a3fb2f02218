"""Elements: what Action and Resource of statements reach, and whether one reaches all of another.

What cannot be shown reads as not covered, and as meeting, so that nothing is overlooked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from lambdas.policy.document import Statement
from lambdas.policy.match import covers, meets
from lambdas.policy.source import Power
from lambdas.policy.variables import resolved

MOST_COMPARED = 100_000
"""Pairs of patterns that one comparison looks at: so many that only an attacker needs more."""
_KEPT = 1024
"""Statements whose actions are kept: the same ones stand before and after, and with many."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as it stands in a document, and the widest that it becomes in any request.

    ``sure`` says whether all of its policy variables are known.
    """

    text: str
    widest: str
    sure: bool = True

    @property
    def everything(self) -> bool:
        """Whether it stands for any text."""
        return self.sure and self.widest != "" and not self.widest.strip("*")

    def covers(self, other: "Pattern") -> bool:
        """Whether it stands for all of the other; one variable has one value in a request."""
        same = not other.sure and self.text == other.text
        return (self.sure or same) and covers(self.widest, other.widest)


@dataclass(frozen=True, slots=True)
class Element:
    """These patterns, or all but these; those of one service are found under its prefix."""

    patterns: tuple[Pattern, ...]
    all_but: bool = False
    same: frozenset[Pattern] = field(default=frozenset(), compare=False, repr=False)
    filed: Mapping[str, Sequence[Pattern]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, patterns: Iterable[Pattern], *, all_but: bool = False) -> Self:
        """The element that holds these patterns."""
        given = tuple(patterns)
        filed: dict[str, list[Pattern]] = {}
        for pattern in given:
            filed.setdefault(_service(pattern), []).append(pattern)
        return cls(given, all_but, frozenset(given), filed)

    @property
    def everything(self) -> bool:
        """Whether it surely leaves nothing out."""
        return not self.all_but and any(pattern.everything for pattern in self.patterns)

    @property
    def pieces(self) -> tuple["Pattern | Element", ...]:
        """What may be covered by different elements: each pattern, or all but some as a whole."""
        return (self,) if self.all_but else self.patterns

    def near(self, pattern: Pattern) -> Sequence[Pattern]:
        """The patterns that may cover this one: those of its service, and those of any."""
        service = _service(pattern)
        anywhere = self.filed.get("", ())
        return [*self.filed.get(service, ()), *anywhere] if service else anywhere


Piece = Pattern | Element
"""What is compared as a whole: one pattern, or all but some."""


@lru_cache(maxsize=_KEPT)
def actions_of(statement: Statement) -> Element:
    """What Action or NotAction says; case does not matter in it."""
    given, left_out = statement.actions, statement.not_actions
    texts = given.given if given else left_out.given if left_out else ()
    return Element.of(map(_action, texts), all_but=given is None)


def resources_of(statement: Statement, power: Power) -> Element:
    """What Resource or NotResource says of this principal; everything where there is neither."""
    if statement.not_resources is not None:
        texts, all_but = statement.not_resources, True
    else:
        texts, all_but = statement.resources or ("*",), False
    return Element.of((_resource(text, statement, power) for text in texts), all_but=all_but)


def _action(text: str) -> Pattern:
    lowered = text.lower()
    anything = lowered.startswith("*") and covers(lowered, "*:*")
    return Pattern(text, "*" if anything else lowered)


def _resource(text: str, statement: Statement, power: Power) -> Pattern:
    widest, sure = resolved(text, power.variables) if statement.variables else (text, True)
    return Pattern(text, widest, sure)


def _service(pattern: Pattern) -> str:
    """The service of an action pattern; empty where it is left open."""
    service = pattern.widest.partition(":")[0]
    return "" if "*" in service or "?" in service else service


class Comparison:
    """Compares pieces with elements, and looks at no more pairs of patterns than it may."""

    def __init__(self, pairs: int = MOST_COMPARED) -> None:
        self._left = pairs

    def within(self, piece: Piece, element: Element) -> bool:
        """Whether the element surely reaches all of the piece."""
        if isinstance(piece, Element):
            return self._all_but_within(piece, element)
        if element.all_but:
            return self.affords(len(element.patterns)) and not _any_meets(piece, element.patterns)
        if piece in element.same:
            return True
        near = element.near(piece)
        return self.affords(len(near)) and any(each.covers(piece) for each in near)

    def _all_but_within(self, piece: Element, element: Element) -> bool:
        if not element.all_but:
            return element.everything
        pairs = len(piece.patterns) * len(element.patterns)
        return piece == element or (
            self.affords(pairs)
            and all(any(ours.covers(o) for ours in piece.patterns) for o in element.patterns)
        )

    def meet(self, one: Element, other: Element) -> bool:
        """Whether there may be something that both reach."""
        if one.all_but and other.all_but:
            return True
        if one.all_but or other.all_but:
            wanted, left_out = (other, one) if one.all_but else (one, other)
            return not self._all_left_out(wanted, left_out)
        pairs = len(one.patterns) * len(other.patterns)
        return not self.affords(pairs) or any(_any_meets(p, other.patterns) for p in one.patterns)

    def _all_left_out(self, wanted: Element, left_out: Element) -> bool:
        within = Element.of(left_out.patterns)
        return all(self.within(pattern, within) for pattern in wanted.patterns)

    def affords(self, pairs: int) -> bool:
        """Whether so many more pairs may be looked at; they count as looked at."""
        self._left -= pairs
        return self._left >= 0


def _any_meets(pattern: Pattern, others: Iterable[Pattern]) -> bool:
    return any(meets(pattern.widest, other.widest) for other in others)

"""The patterns of one element, sorted once by how they are asked: they are asked very often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from lambdas.policy.match import matches
from lambdas.policy.variables import Context, Template, template


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns with ``*`` and ``?``; those of one star at their end are kept as what it follows.

    ``starred`` are those without ``?``, as what stands before, between and behind their stars.
    A ``*`` takes colons and slashes in, in every segment of an ARN.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """

    everything: bool
    exact: frozenset[str]
    starts: tuple[str, ...]
    starred: tuple[tuple[str, tuple[str, ...], str], ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, given: Iterable[str]) -> Self:
        """The patterns as they stand in a document, or in lower case."""
        exact, starts, starred, others = set(), [], [], []
        for text in given:
            if "?" in text:
                others.append(text)
            elif "*" not in text:
                exact.add(text)
            elif "*" not in text[:-1]:
                starts.append(text[:-1])
            else:
                head, *middle, tail = text.split("*")
                starred.append((head, tuple(filter(None, middle)), tail))
        return cls("" in starts, frozenset(exact), tuple(starts), tuple(starred), tuple(others))

    def include(self, text: str) -> bool:
        """Whether one of the patterns stands for the text; case matters."""
        if self.everything or text in self.exact or text.startswith(self.starts):
            return True
        for head, middle, tail in self.starred:
            if text.startswith(head) and _is_starred(head, middle, tail, text):
                return True
        return any(matches(pattern, text) for pattern in self.others) if self.others else False


def _is_starred(head: str, middle: tuple[str, ...], tail: str, text: str) -> bool:
    """Whether the pieces stand in the text one after the other; that it begins so, is known."""
    if not text.endswith(tail):
        return False
    at, end = len(head), len(text) - len(tail)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return at <= end


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources of an element, those with policy variables apart."""

    fixed: Patterns
    templates: tuple[Template, ...]
    everything: bool

    @classmethod
    def of(cls, given: Iterable[str] | None, *, variables: bool) -> Self | None:
        """The resources as they stand in a document; None for an element that is not there.

        ``variables`` says whether ``${...}`` is a variable, which it is not in every version.
        """
        if given is None:
            return None
        templates = {text: template(text) for text in given} if variables else {}
        fixed = Patterns.of(text for text in given if not templates.get(text))
        return cls(fixed, tuple(each for each in templates.values() if each), fixed.everything)

    def include(self, resource: str, context: Context) -> bool:
        """Whether a resource is among these; case matters."""
        if self.fixed.include(resource):
            return True
        for each in self.templates:
            pattern = each.filled(context, pattern=True)
            if pattern is not None and matches(pattern, resource):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Actions:
    """Action patterns of one statement: case does not matter in actions.

    ``patterns`` are filed under their service, those that leave it open under the empty text.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """

    given: tuple[str, ...]
    exact: frozenset[str]
    patterns: Mapping[str, Patterns]

    @classmethod
    def of(cls, given: Iterable[str]) -> Self:
        """The patterns as they stand in a document."""
        texts = tuple(given)
        lowered = dict.fromkeys(text.lower() for text in texts)
        filed: dict[str, list[str]] = {}
        for text in filter(_is_pattern, lowered):
            service = text.partition(":")[0]
            filed.setdefault("" if _is_pattern(service) else service, []).append(text)
        exact = frozenset(text for text in lowered if not _is_pattern(text))
        return cls(texts, exact, {service: Patterns.of(texts) for service, texts in filed.items()})

    def include(self, action: str) -> bool:
        """Whether an action, given in lower case, is among these."""
        if action in self.exact:
            return True
        if not self.patterns:
            return False
        filed = self.patterns.get
        anywhere, here = filed(""), filed(action[: action.find(":")])
        return (anywhere is not None and anywhere.include(action)) or (
            here is not None and here.include(action)
        )


def _is_pattern(text: str) -> bool:
    return "*" in text or "?" in text

"""The patterns of one element, sorted once by how they are asked: they are asked very often.

Named tuples here and nearby, because each dataclass takes a millisecond to import.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from lambdas.policy.match import matches
from lambdas.policy.variables import Context, Template, template

_NOTHING: Context = {}
Starred = tuple[str, str, tuple[str, ...]]
"""What stands before, behind and between the stars of a pattern."""


class Patterns(NamedTuple):
    """Patterns with ``*`` and ``?``; those of one star at their end are kept as what it follows.

    ``starred`` are those without ``?``, ``templates`` those with policy variables. A ``*`` takes
    colons and slashes in, in every segment of an ARN.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """

    everything: bool
    exact: frozenset[str]
    starts: tuple[str, ...]
    starred: tuple[Starred, ...]
    others: tuple[str, ...]
    templates: tuple[Template, ...]

    @classmethod
    def of(cls, given: Iterable[str], *, variables: bool = False) -> Self:
        """The patterns as they stand in a document, or in lower case.

        ``variables`` says whether ``${...}`` is a variable, which it is not in every version.
        """
        exact, starts, starred, others, templates = set(), [], [], [], []
        for text in given:
            filled = template(text) if variables else None
            if filled:
                templates.append(filled)
            elif "?" in text:
                others.append(text)
            elif "*" not in text:
                exact.add(text)
            elif "*" not in text[:-1]:
                starts.append(text[:-1])
            else:
                head, *middle, tail = text.split("*")
                starred.append((head, tail, tuple(filter(None, middle))))
        return cls(
            "" in starts,
            frozenset(exact),
            tuple(starts),
            tuple(starred),
            tuple(others),
            tuple(templates),
        )

    def include(self, text: str, context: Context = _NOTHING) -> bool:
        """Whether one of the patterns stands for the text in a request; case matters."""
        if self.everything or text in self.exact or text.startswith(self.starts):
            return True
        if self.starred and _is_among(self.starred, text):
            return True
        for pattern in self.others:
            if matches(pattern, text):
                return True
        for each in self.templates:
            filled = each.filled(context, pattern=True)
            if filled is not None and matches(filled, text):
                return True
        return False


def _is_among(starred: Iterable[Starred], text: str) -> bool:
    """Whether one of these stands for the text: its pieces follow one another there.

    Loops, no any() and no calls: this is asked more often than anything else.
    """
    for head, tail, middle in starred:
        if text.startswith(head) and text.endswith(tail):
            at, end = len(head), len(text) - len(tail)
            for piece in middle:
                at = text.find(piece, at, end)
                if at < 0:
                    break
                at += len(piece)
            else:
                if at <= end:
                    return True
    return False


class Actions(NamedTuple):
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

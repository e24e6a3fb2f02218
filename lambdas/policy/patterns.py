"""The patterns of one element, sorted once by how they are asked: they are asked very often.

Plain classes here and nearby: each dataclass takes a millisecond to import, and the fields of a
named tuple are slow to read.
"""

from collections.abc import Iterable
from typing import Final

from lambdas.policy.match import matches
from lambdas.policy.variables import Context, template

_NOTHING: Context = {}
Starred = tuple[str, tuple[str, ...], str]
"""What stands before, between and behind the stars of a pattern."""


class Patterns:
    """Patterns with ``*`` and ``?``, as they stand in a document or in lower case.

    Those of one star at their end are kept as what it follows; ``starred`` are others without
    ``?``, ``templates`` those with policy variables. A ``*`` takes colons and slashes in, in every
    segment of an ARN.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """

    def __init__(self, given: Iterable[str], *, variables: bool = False) -> None:
        """``variables`` says whether ``${...}`` is a variable, which it is not in every version."""
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
                starred.append(_starred(text))
        self.everything: Final = "" in starts
        self.exact: Final = frozenset(exact)
        self.starts: Final = tuple(starts)
        self.starred: Final = tuple(starred)
        self.others: Final = tuple(others)
        self.templates: Final = tuple(templates)

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


def _starred(pattern: str) -> Starred:
    head, *middle, tail = pattern.split("*")
    return head, tuple(filter(None, middle)), tail


def _is_among(starred: Iterable[Starred], text: str) -> bool:
    """Whether one of these stands for the text: its pieces follow one another there.

    Loops, no any() and no calls: this is asked more often than anything else.
    """
    for head, middle, tail in starred:
        if text.startswith(head):
            rest = text[len(head) :]
            for piece in middle:
                _, found, rest = rest.partition(piece)
                if not found:
                    break
            else:
                if rest.endswith(tail):
                    return True
    return False


class Actions:
    """Action patterns of one statement: case does not matter in actions.

    ``given`` are as they stand in the document. ``patterns`` are filed under their service, those
    that leave it open under the empty text.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """

    def __init__(self, given: Iterable[str]) -> None:
        self.given: Final = tuple(given)
        lowered = dict.fromkeys(text.lower() for text in self.given)
        filed: dict[str, list[str]] = {}
        for text in filter(_is_pattern, lowered):
            service = text.partition(":")[0]
            filed.setdefault("" if _is_pattern(service) else service, []).append(text)
        self.exact: Final = frozenset(text for text in lowered if not _is_pattern(text))
        self.patterns: Final = {service: Patterns(texts) for service, texts in filed.items()}

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

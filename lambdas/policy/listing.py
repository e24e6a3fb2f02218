"""Lists in words: the first of many, and how many more there are."""

from collections.abc import Iterable

from lambdas.policy.elements import Element

_LISTED = 3
LONGEST = 80
"""Characters of one text."""


def element_words(element: Element) -> str:
    """The element's patterns, or what it leaves out."""
    named = listed(pattern.text for pattern in element.patterns)
    return f"all but {named}" if element.all_but else named


def listed(texts: Iterable[str], joint: str = ", ", longest: int = LONGEST) -> str:
    """The first texts, each of at most so many characters, and how many more there are."""
    given = [*texts]
    named = joint.join(cut(text, longest) for text in given[:_LISTED])
    more = len(given) - _LISTED
    return f"{named} and {more} more" if more > 0 else named


def cut(text: str, longest: int = LONGEST) -> str:
    """A text that says where it was cut."""
    return text if len(text) <= longest else f"{text[:longest]}..."


def joined(words: Iterable[str]) -> str:
    """Such as: write, tagging and read."""
    *rest, last = [*words] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last

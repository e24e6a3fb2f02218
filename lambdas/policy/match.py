"""Patterns with ``*`` and ``?``: what they match, and how two of them relate.

``*`` stands for any number of characters, ``?`` for exactly one.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from itertools import accumulate

_STAR, _QUESTION = "\ud800", "\ud801"
_MARKS = str.maketrans({"*": _STAR, "?": _QUESTION})
_COLONS = 5
_LONGEST_ARN = 2048
_RUN = r"[*?]{2,}"


def literal(text: str) -> str:
    """The text as a pattern that stands for it alone: its ``*`` and ``?`` become marks.

    The marks are halves of characters, which no valid document or request can hold.
    """
    return text.translate(_MARKS)


def matches(pattern: str, text: str) -> bool:
    """Whether the text is one that the pattern stands for; case matters.

    The pieces between the ``*`` are looked for from left to right, each only once, so that no
    pattern can make this slow.
    """
    if _STAR in pattern or _QUESTION in pattern:
        text = literal(text)
    return _matches(pattern, text, spared="")


def covers(pattern: str, other: str) -> bool:
    """Whether every text that the other pattern stands for is one of this pattern's.

    A True is always right. A ``*`` of the other must fall under a ``*`` of this one.
    """
    return pattern == "*" or _matches(_canonical(pattern), _canonical(other), spared="*")


def meets(pattern: str, other: str) -> bool:
    """Whether there is a text, no longer than an ARN can be, that both patterns stand for."""
    if pattern in (other, "*") or other == "*":
        return True
    if "*" in pattern and "*" in other:
        heads = pattern.partition("*")[0], other.partition("*")[0]
        tails = pattern.rpartition("*")[2], other.rpartition("*")[2]
        # whatever stands between can follow one after the other: each side's * takes the other's
        return _agree(*heads) and _agree(tails[0][::-1], tails[1][::-1])
    starred, fixed = (pattern, other) if "*" in pattern else (other, pattern)
    return _meets_fixed(starred, fixed) if "?" in fixed else matches(starred, fixed)


def meets_arns(pattern: str, arns: str) -> bool:
    """Whether there is an ARN without a colon in its resource part that both patterns stand for.

    Where both have all six fields, these must meet one by one: each colon has its place then.
    """
    if pattern in (arns, "*"):
        return True
    if pattern.count(":") == arns.count(":") == _COLONS:
        for one, other in zip(pattern.split(":"), arns.split(":"), strict=True):
            if one != other and not meets(one, other):
                return False
        return True
    return meets(pattern, arns)


def _matches(pattern: str, text: str, *, spared: str) -> bool:
    """Whether the pattern takes the whole text; ``?`` does not take a spared character."""
    head, *middle = pattern.split("*")
    if not middle:
        return len(head) == len(text) and _fits(head, text, 0, spared)
    tail = middle.pop()
    at, end = len(head), len(text) - len(tail)
    if end < at or not _fits(head, text, 0, spared) or not _fits(tail, text, end, spared):
        return False
    for piece in middle:
        found = _find(piece, text[:end], at, spared)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _fits(piece: str, text: str, at: int, spared: str) -> bool:
    if "?" not in piece:
        return text.startswith(piece, at)
    here = text[at : at + len(piece)]
    return all(p == c or (p == "?" and c not in spared) for p, c in zip(piece, here, strict=True))


def _find(piece: str, text: str, start: int, spared: str) -> int:
    """Where the piece fits first, or -1; with ``?`` all starts are tried at once, one bit each."""
    if "?" not in piece:
        return text.find(piece, start)
    if len(piece) > len(text) - start:
        return -1
    takes: dict[str, int] = dict.fromkeys(piece, 0)
    for at, symbol in enumerate(piece):
        takes[symbol] |= 1 << at
    anything = takes.pop("?")
    under_way, done = 0, 1 << (len(piece) - 1)
    for at in range(start, len(text)):
        wild = 0 if text[at] in spared else anything
        under_way = (under_way << 1 | 1) & (takes.get(text[at], 0) | wild)
        if under_way & done:
            return at - len(piece) + 1
    return -1


def _canonical(pattern: str) -> str:
    """The same pattern with each run of wildcards as all its ``?`` and then one ``*``."""
    is_so = "?" not in pattern and "**" not in pattern
    return pattern if is_so else re.sub(_RUN, _questions_first, pattern)


def _questions_first(run: re.Match[str]) -> str:
    questions = "?" * run.group().count("?")
    return f"{questions}*" if "*" in run.group() else questions


def _agree(one: str, other: str) -> bool:
    """Whether two pieces agree as far as the shorter one goes."""
    if "?" not in one and "?" not in other:
        return one.startswith(other) or other.startswith(one)
    return all(a == b or "?" in {a, b} for a, b in zip(one, other, strict=False))


def _meets_fixed(pattern: str, fixed: str) -> bool:
    """Whether the pattern takes some text that the other one, without ``*``, stands for."""
    head, *middle = pattern.split("*")
    if len(middle) == 1:  # by far the most frequent, and the one that must be fast
        ends = _agree(head, fixed) and _agree(middle[0][::-1], fixed[::-1])
        return ends and len(head) + len(middle[0]) <= len(fixed)
    if len(fixed) > _LONGEST_ARN:
        return False
    return _all_at_once([head, *middle], fixed)


def _all_at_once(pieces: list[str], fixed: str) -> bool:
    """The same, with all places in the pattern tried at once, one bit each."""
    symbols = "".join(pieces)
    takes = dict.fromkeys(symbols, 0)
    for at, symbol in enumerate(symbols):
        takes[symbol] |= 1 << at
    wild = takes.get("?", 0)
    starred = sum(1 << at for at in set(accumulate(map(len, pieces[:-1]))))
    anything = (1 << len(symbols)) - 1
    places = 1
    for symbol in fixed:
        taken = anything if symbol == "?" else takes.get(symbol, 0) | wild
        places = (places & taken) << 1 | places & starred
    return bool(places >> len(symbols))

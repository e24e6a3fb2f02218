"""Covering: whether one statement reaches everything that another one does.

What cannot be shown reads as not covered, so that a loss is never overlooked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lambdas.policy.document import Statement
from lambdas.policy.grants import asked_by, plain
from lambdas.policy.match import covers, meets

_COMPARED = 10_000
"""Pairs of patterns that are compared; of longer lists only the same patterns are found again."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """What an element and its opposite say: these patterns, or all but these."""

    patterns: Sequence[str]
    all_but: bool = False


def covered(statement: Statement, others: Iterable[Statement]) -> bool:
    """Whether the other statements of the same effect reach all that this one reaches.

    Each action must be reached by one of them on all resources. One under conditions counts only
    for a statement under the same conditions.
    """
    asked = asked_by(statement)
    usable = [
        other
        for other in others
        if not other.void
        and (not other.conditional or asked_by(other) == asked)
        and _within(_resources(statement), _resources(other))
    ]
    actions, reaches = _actions(statement), [_actions(other) for other in usable]
    if actions.all_but:
        return any(_within(actions, reach) for reach in reaches)
    same = {text for reach in reaches if not reach.all_but for text in reach.patterns}
    left = [_Reach((text,)) for text in actions.patterns if text not in same]
    if len(left) * sum(len(reach.patterns) for reach in reaches) > _COMPARED:
        return False
    return all(any(_within(piece, reach) for reach in reaches) for piece in left)


def meeting(one: Statement, other: Statement) -> bool:
    """Whether there may be an action on a resource that both statements reach."""
    return _meet(_actions(one), _actions(other)) and _meet(_resources(one), _resources(other))


def _actions(statement: Statement) -> _Reach:
    if statement.actions is not None:
        return _Reach([text.lower() for text in statement.actions.given])
    left_out = statement.not_actions.given if statement.not_actions else ()
    return _Reach([text.lower() for text in left_out], all_but=True)


def _resources(statement: Statement) -> _Reach:
    all_but = statement.resources is None
    texts = statement.not_resources if all_but else statement.resources
    return _Reach([plain(text, statement) for text in texts or ()], all_but)


def _within(inner: _Reach, outer: _Reach) -> bool:
    if inner.all_but and outer.all_but:
        return _each_covered(outer.patterns, inner.patterns)
    if inner.all_but:
        return "*" in outer.patterns
    if outer.all_but:
        return not _any_meets(inner.patterns, outer.patterns)
    return _each_covered(inner.patterns, outer.patterns)


def _each_covered(inner: Sequence[str], outer: Sequence[str]) -> bool:
    left = set(inner).difference(outer)
    if len(left) * len(outer) > _COMPARED:
        return False
    return all(any(covers(o, i) for o in outer) for i in left)


def _any_meets(some: Sequence[str], others: Sequence[str]) -> bool:
    if len(some) * len(others) > _COMPARED:
        return True
    return any(meets(one, other) for one in some for other in others)


def _meet(one: _Reach, other: _Reach) -> bool:
    if one.all_but and other.all_but:
        return True
    if one.all_but or other.all_but:
        wanted, left_out = (other, one) if one.all_but else (one, other)
        return not _each_covered(wanted.patterns, left_out.patterns)
    return _any_meets(one.patterns, other.patterns)

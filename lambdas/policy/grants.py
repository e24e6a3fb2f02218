"""Grants: what statements reach under which condition, and which parts others do not reach.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from lambdas.policy.condition import spelled
from lambdas.policy.document import Effect, Statement
from lambdas.policy.elements import (
    Comparison,
    Element,
    Pattern,
    Piece,
    actions_of,
    resources_of,
)
from lambdas.policy.source import Power, Source

_NO_VARIABLE = "\0{"
"""No name of a resource holds this character."""
_Asked = frozenset[tuple[str, str, frozenset[str]]]
"""Operator, key and values of all that a condition asks for; all of it must hold."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Actions on resources under a condition, as one statement of a source allows or denies them.

    What it reaches may be a part of what its statement does.
    """

    actions: Element
    resources: Element
    asked: _Asked
    statement: Statement
    source: str

    @property
    def sure(self) -> bool:
        """Whether it holds in every request: no condition, and no variable that is not known."""
        return not self.asked and all(pattern.sure for pattern in self.resources.patterns)

    @property
    def everything(self) -> bool:
        """Whether it is every action on every resource in every request."""
        return not self.asked and self.actions.everything and self.resources.everything

    @property
    def reach(self) -> tuple[Element, Element, _Asked]:
        """What it reaches and when, wherever it stands."""
        return self.actions, self.resources, self.asked


def grants(sources: Iterable[Source], power: Power, effect: Effect) -> tuple[Grant, ...]:
    """What the sources' statements of one effect reach, for this principal; a void one nothing."""
    return tuple(
        granted(source.says, statement, actions_of(statement), resources_of(statement, power))
        for source in sources
        for statement in source.document.statements
        if statement.effect is effect and not statement.void
    )


def granted(source: str, statement: Statement, actions: Element, resources: Element) -> Grant:
    """What a statement of a source reaches of these actions and resources, under its condition."""
    return Grant(actions, resources, asked_by(statement), statement, source)


def asked_by(statement: Statement) -> _Asked:
    """All that a statement's condition asks for, alike for all that ask for the same."""
    return frozenset(
        (operator.lower(), key.lower(), frozenset(plain(spelled(v), statement) for v in values))
        for operator, keys in statement.condition.items()
        for key, values in keys.items()
    )


def plain(text: str, statement: Statement) -> str:
    """A text of a statement, told apart from variables where ``${`` begins none.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    """
    return text if statement.variables else text.replace("${", _NO_VARIABLE)


def uncovered(
    wanted: Sequence[Grant], others: Sequence[Grant], comparison: Comparison
) -> tuple[Grant, ...]:
    """The parts of the wanted grants that no other one of the same effect reaches.

    One under a condition counts only for grants that ask for all that it asks for.
    """
    known = {other.reach for other in others}
    changed = [grant for grant in wanted if grant.reach not in known]
    return tuple(part for grant in changed for part in _left(grant, others, comparison))


def _left(grant: Grant, others: Sequence[Grant], comparison: Comparison) -> Iterator[Grant]:
    """The grant without what the others reach: parts that differ in what is left of resources."""
    if not comparison.affords(len(others)):
        yield grant
        return
    usable = [other for other in others if other.asked <= grant.asked]
    by_holders: dict[tuple[int, ...], list[Piece]] = {}
    for action in grant.actions.pieces:
        within = [comparison.within(action, other.actions) for other in usable]
        by_holders.setdefault(tuple(compress(range(len(usable)), within)), []).append(action)
    for holders, actions in by_holders.items():
        held = [usable[number].resources for number in holders]
        left = [
            resource
            for resource in grant.resources.pieces
            if not any(comparison.within(resource, each) for each in held)
        ]
        if left:
            yield replace(grant, actions=_joined(actions), resources=_joined(left))


def _joined(pieces: Sequence[Piece]) -> Element:
    """The element of which these are all the pieces."""
    if isinstance(pieces[0], Element):
        return pieces[0]
    return Element.of(piece for piece in pieces if isinstance(piece, Pattern))

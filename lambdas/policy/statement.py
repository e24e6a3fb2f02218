"""Statements: what they name, and how they are found.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lambdas.policy.condition import Asked
from lambdas.policy.patterns import Actions, Patterns
from lambdas.policy.reading import Condition, Principal
from lambdas.policy.variables import Context


class Effect(StrEnum):
    """What a statement does to the requests that it applies to; the value's case matters.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html
    """

    ALLOW = "Allow"
    DENY = "Deny"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statement:
    """One statement; of each pair such as Action and NotAction at most one is not None.

    ``index`` counts from 0. ``resources`` and ``not_resources`` are both None only where a
    principal element stands instead (a trust policy). ``variables`` says whether ``${...}`` in
    them is a policy variable, which it is only in version 2012-10-17. ``on``, ``not_on`` and
    ``asked`` are the resources and the condition made ready for a request.
    """

    index: int
    sid: str | None
    effect: Effect
    actions: Actions | None
    not_actions: Actions | None
    resources: tuple[str, ...] | None
    not_resources: tuple[str, ...] | None
    condition: Condition
    principal: Principal | None
    not_principal: Principal | None
    variables: bool
    on: Patterns | None
    not_on: Patterns | None
    asked: tuple[Asked, ...]
    anywhere: bool
    """Whether every resource is included, whatever else stands there."""
    own: bool
    """Whether it names no principals: it is for whom its policy belongs to."""

    @property
    def void(self) -> bool:
        """Whether it is a Deny that denies nothing in a principal's policy: it names principals.

        An Allow that names some is taken to allow, though AWS stores neither.
        """
        return self.effect is Effect.DENY and not self.own

    @property
    def conditional(self) -> bool:
        """Whether the Condition element asks for anything; an empty one always holds."""
        return any(self.condition.values())

    def names(self, action: str) -> bool:
        """Whether Action includes, or NotAction leaves in, an action given in lower case."""
        if self.actions is not None:
            return self.actions.include(action)
        return self.not_actions is not None and not self.not_actions.include(action)

    def reaches(self, resource: str, context: Context) -> bool:
        """Whether Resource includes, or NotResource leaves in, a resource; so does neither."""
        if self.on is not None:
            return self.on.include(resource, context)
        return self.not_on is None or not self.not_on.include(resource, context)


class Index:
    """The statements of one effect, filed by what they name, so that few are asked.

    ``patterned`` holds patterns by their service, with those that leave it open, which stand alone
    in ``anywhere``; ``others`` are the statements with NotAction.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        exact: dict[str, tuple[Statement, ...]] = {}
        patterned: dict[str, tuple[tuple[Patterns, Statement], ...]] = {"": ()}
        others = []
        for each in statements:
            if each.actions is None:
                others.append(each)
                continue
            for action in each.actions.exact:
                exact[action] = (*exact.get(action, ()), each)
            for service, patterns in each.actions.patterns.items():
                patterned[service] = (*patterned.get(service, ()), (patterns, each))
        self.anywhere: Final = patterned.pop("")
        self.exact: Final[Mapping[str, tuple[Statement, ...]]] = exact
        self.patterned: Final = {
            service: (*own, *self.anywhere) for service, own in patterned.items()
        }
        self.others: Final = tuple(others)

    def naming(self, action: str, service: str) -> Sequence[Statement]:
        """The statements that name an action of a service, both given in lower case."""
        found = self.exact.get(action, ())
        for patterns, each in self.patterned.get(service, self.anywhere):
            if patterns.include(action):
                found = (*found, each)
        for each in self.others:
            if each.names(action):
                found = (*found, each)
        return found

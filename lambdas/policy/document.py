"""IAM policy documents: from text to statements.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Self

from lambdas.policy.condition import Asked, asked
from lambdas.policy.patterns import Actions, Patterns
from lambdas.policy.reading import (
    Body,
    Condition,
    DocumentError,
    Principal,
    condition_of,
    loaded,
    members,
    principal_of,
    shown,
    text_of,
    texts_of,
)
from lambdas.policy.variables import Context

__all__ = ["Document", "DocumentError", "Effect", "Statement", "document", "parse"]

_VERSIONS = ("2008-10-17", "2012-10-17")
_DOCUMENT = frozenset({"Version", "Id", "Statement"})
_PAIRS = (("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal"))
_STATEMENT = frozenset({"Sid", "Effect", "Condition"}.union(*_PAIRS))
_KEPT = 4096
"""Parsed documents kept: the same text is judged before and after, and for many principals."""


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
            return self.on.everything or self.on.include(resource, context)
        return self.not_on is None or not self.not_on.include(resource, context)


_place = attrgetter("index")
_SEVERAL = 2


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The statements of one effect, filed by what they name, so that few are asked.

    ``patterned`` holds patterns by their service, with those that leave it open, which alone
    stand under the empty text; ``others`` are the statements with NotAction.
    """

    exact: Mapping[str, tuple[Statement, ...]]
    patterned: Mapping[str, tuple[tuple[Patterns, Statement], ...]]
    others: tuple[Statement, ...]

    def naming(self, action: str, service: str) -> Sequence[Statement]:
        """The statements that name an action of a service, both given in lower case."""
        found = self.exact.get(action, ())
        for patterns, each in self.patterned.get(service) or self.patterned[""]:
            if patterns.include(action):
                found = (*found, each)
        for each in self.others:
            if each.names(action):
                found = (*found, each)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A policy document; without a Version element its version is 2008-10-17."""

    version: str
    statements: tuple[Statement, ...]
    allows: Index
    denies: Index

    @classmethod
    def of(cls, version: str, statements: tuple[Statement, ...]) -> Self:
        """The document of these statements, filed."""
        allows, denies = (_index([s for s in statements if s.effect is each]) for each in Effect)
        return cls(version, statements, allows, denies)

    def naming(self, action: str) -> Iterable[Statement]:
        """The statements of either effect that name an action given in lower case, each once."""
        service = action.partition(":")[0]
        allows, denies = self.allows.naming(action, service), self.denies.naming(action, service)
        found = (*allows, *denies)
        return found if len(found) < _SEVERAL else sorted({*found}, key=_place)

    @property
    def forbids(self) -> bool:
        """Whether it denies anything at all."""
        return any(each.effect is Effect.DENY for each in self.statements)


@lru_cache(maxsize=_KEPT)
def parse(text: str) -> Document:
    """The document that a text spells, whatever whitespace it is padded with.

    Raises:
        DocumentError: the text is no valid policy document; nothing else is raised for any text.
    """
    return document(loaded(text))


def document(given: object) -> Document:
    """The document that an object spells, as ``loaded`` reads it from JSON.

    Raises:
        DocumentError: it is no valid policy document.
    """
    where = "the document"
    body = members(given, where, _DOCUMENT)
    version = text_of({"Version": _VERSIONS[0], **body}, "Version", where)
    if version not in _VERSIONS:
        raise DocumentError(f"Version is {shown(version)}, not one of {', '.join(_VERSIONS)}")
    text_of(body, "Id", where)
    listed = body.get("Statement")
    listed = listed if isinstance(listed, list) and listed else [listed]
    variables = version == _VERSIONS[1]
    statements = tuple(_statement(each, i, variables) for i, each in enumerate(listed))
    return Document.of(version, statements)


def _index(statements: Sequence[Statement]) -> Index:
    exact: dict[str, tuple[Statement, ...]] = {}
    patterned: dict[str, tuple[tuple[Patterns, Statement], ...]] = {"": ()}
    for each in statements:
        if each.actions:
            for action in each.actions.exact:
                exact[action] = (*exact.get(action, ()), each)
            for service, patterns in each.actions.patterns.items():
                patterned[service] = (*patterned.get(service, ()), (patterns, each))
    anywhere = patterned[""]
    filed = {service: (*own, *anywhere) if service else own for service, own in patterned.items()}
    return Index(exact, filed, tuple(each for each in statements if not each.actions))


def _statement(given: object, index: int, variables: bool) -> Statement:
    where = f"statement {index + 1}"
    body = members(given, where, _STATEMENT)
    _check_elements(body, where)
    resources, not_resources = (texts_of(body, key, where) for key in _PAIRS[1])
    condition = condition_of(body, where)
    return Statement(
        index=index,
        sid=text_of(body, "Sid", where),
        effect=_effect(body.get("Effect"), where),
        actions=_actions(body, "Action", where),
        not_actions=_actions(body, "NotAction", where),
        resources=resources,
        not_resources=not_resources,
        condition=condition,
        principal=principal_of(body, "Principal", where),
        not_principal=principal_of(body, "NotPrincipal", where),
        variables=variables,
        on=_patterns(resources, variables),
        not_on=_patterns(not_resources, variables),
        asked=asked(condition, variables=variables),
    )


def _check_elements(body: Body, where: str) -> None:
    """Of each pair one element at most; an action always, and a resource or a principal."""
    action, resource, principal = (sum(key in body for key in pair) for pair in _PAIRS)
    if max(action, resource, principal) > 1:
        both = next(pair for pair in _PAIRS if all(key in body for key in pair))
        raise DocumentError(f"{where} has both {' and '.join(both)}")
    if not action or not resource + principal:
        missing = "Resource" if action else "Action"
        raise DocumentError(f"{where} has neither {missing} nor Not{missing}")


def _effect(value: object, where: str) -> Effect:
    if isinstance(value, str) and value in tuple(Effect):
        return Effect(value)
    raise DocumentError(f"Effect of {where} is {shown(value)}, not Allow or Deny")


def _actions(body: Body, key: str, where: str) -> Actions | None:
    texts = texts_of(body, key, where)
    return None if texts is None else Actions.of(texts)


def _patterns(texts: tuple[str, ...] | None, variables: bool) -> Patterns | None:
    return None if texts is None else Patterns.of(texts, variables=variables)

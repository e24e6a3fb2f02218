"""IAM policy documents: from text to statements.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Final

from lambdas.policy.condition import asked
from lambdas.policy.patterns import Actions, Patterns
from lambdas.policy.reading import (
    Body,
    DocumentError,
    condition_of,
    loaded,
    members,
    principal_of,
    shown,
    text_of,
    texts_of,
)
from lambdas.policy.statement import Effect, Index, Statement

__all__ = ["Document", "DocumentError", "Effect", "Statement", "document", "parse"]

_VERSIONS = ("2008-10-17", "2012-10-17")
_DOCUMENT = frozenset({"Version", "Id", "Statement"})
_PAIRS = (("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal"))
_STATEMENT = frozenset({"Sid", "Effect", "Condition"}.union(*_PAIRS))
_KEPT = 4096
"""Parsed documents kept: the same text is judged before and after, and for many principals."""
_ANSWERS_KEPT = 65536
"""Documents with an action, of which it is kept what names it: all ways up ask for the same."""
_place = attrgetter("index")
_SEVERAL = 2


class Document:
    """A policy document; without a Version element its version is 2008-10-17.

    ``forbids`` says whether it denies anything at all.
    """

    def __init__(self, version: str, statements: tuple[Statement, ...]) -> None:
        self.version: Final = version
        self.statements: Final = statements
        denies = [each for each in statements if each.effect is Effect.DENY]
        self.allows: Final = Index(each for each in statements if each.effect is Effect.ALLOW)
        self.denies: Final = Index(denies)
        self.forbids: Final = bool(denies)

    def naming(self, action: str) -> Sequence[Statement]:
        """The statements of either effect that name an action given in lower case, each once."""
        return _naming(self, action)


@lru_cache(maxsize=_ANSWERS_KEPT)
def _naming(document: Document, action: str) -> Sequence[Statement]:
    service = action.partition(":")[0]
    found = document.allows.naming(action, service)
    if document.forbids:
        found = (*found, *document.denies.naming(action, service))
    return found if len(found) < _SEVERAL else sorted({*found}, key=_place)


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
    return Document(version, statements)


def _statement(given: object, index: int, variables: bool) -> Statement:
    where = f"statement {index + 1}"
    body = members(given, where, _STATEMENT)
    _check_elements(body, where)
    resources, not_resources = (texts_of(body, key, where) for key in _PAIRS[1])
    condition = condition_of(body, where)
    on = _patterns(resources, variables)
    principals = [principal_of(body, key, where) for key in _PAIRS[2]]
    return Statement(
        index=index,
        sid=text_of(body, "Sid", where),
        effect=_effect(body.get("Effect"), where),
        actions=_actions(body, "Action", where),
        not_actions=_actions(body, "NotAction", where),
        resources=resources,
        not_resources=not_resources,
        condition=condition,
        principal=principals[0],
        not_principal=principals[1],
        variables=variables,
        on=on,
        not_on=_patterns(not_resources, variables),
        asked=asked(condition, variables=variables),
        anywhere=on is not None and on.everything,
        own=principals == [None, None],
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
    return None if texts is None else Actions(texts)


def _patterns(texts: tuple[str, ...] | None, variables: bool) -> Patterns | None:
    return None if texts is None else Patterns(texts, variables=variables)

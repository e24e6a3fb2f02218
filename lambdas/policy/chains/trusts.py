"""Trusts: who of its own account a role lets in, and which services may have it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lambdas.model.arn import Arn
from lambdas.model.finding import SURENESS, Certainty
from lambdas.policy.document import Document, DocumentError, Effect, Statement, parse
from lambdas.policy.reading import Principal
from lambdas.policy.wording import condition_words, trust_words

_ENTRY = "sts:assumerole"
_ANYBODY = "*"
_OF_A_SERVICE = frozenset({"aws:sourceaccount", "aws:sourcearn"})
"""What tells a service's customers apart: it holds for one's own resources."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How sure somebody is let in, by which statement, and under which conditions."""

    certainty: Certainty
    because: str
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trust:
    """Who is let in: everybody of the account whose own policies allow it, some ARNs, services."""

    account: Entry | None = None
    arns: Mapping[str, Entry] = field(default_factory=dict)
    services: Mapping[str, Entry] = field(default_factory=dict)


def trust(text: str, account: str) -> Trust:
    """What a role's trust policy says of its own account; nobody is let in by one that is none."""
    try:
        document = parse(text)
    except DocumentError:
        return Trust()
    found: dict[str, dict[str, Entry]] = {"account": {}, "arns": {}, "services": {}}
    for statement in document.statements:
        if statement.effect is Effect.ALLOW and statement.names(_ENTRY):
            for where, who in _named(statement, account):
                entry = _entry(document, statement, where, who, account)
                if entry is not None and _is_surer(entry, found[where].get(who)):
                    found[where][who] = entry
    return Trust(found["account"].get(_ANYBODY), found["arns"], found["services"])


def _is_surer(entry: Entry, other: Entry | None) -> bool:
    sureness = SURENESS.index
    return other is None or sureness(entry.certainty) > sureness(other.certainty)


def _named(statement: Statement, account: str) -> Iterator[tuple[str, str]]:
    """Who is named: the account as a whole, one ARN of it, or a service."""
    if statement.principal is None:
        yield "account", _ANYBODY
    else:
        yield from _whom(statement.principal, account)


def _whom(principal: Principal, account: str) -> Iterator[tuple[str, str]]:
    pairs = (
        ((kind, who) for kind, whole in principal.items() for who in whole)
        if isinstance(principal, Mapping)
        else (("AWS", principal),)
    )
    for kind, who in pairs:
        arn = Arn.parse(who)
        if kind == "Service":
            yield "services", who
        elif who in (_ANYBODY, account) or (
            arn and (arn.account, arn.resource) == (account, "root")
        ):
            yield "account", _ANYBODY
        elif arn and arn.account == account:
            yield "arns", who


def _entry(
    document: Document, allow: Statement, where: str, who: str, account: str
) -> Entry | None:
    """How somebody whom an Allow names gets in; None where a Deny without condition says no."""
    denies = [deny for deny in document.statements if _takes_in(deny, where, who, account)]
    if not all(deny.conditional for deny in denies):
        return None
    given = [f"if {condition_words(allow)}"] if _asks(allow, where) else []
    given += [f"unless {condition_words(deny)}" for deny in denies]
    certainty = Certainty.CONDITIONAL if given else Certainty.CERTAIN
    return Entry(certainty, trust_words(allow), tuple(given))


def _asks(allow: Statement, where: str) -> bool:
    keys = {key.lower() for asked in allow.condition.values() for key in asked}
    return bool(keys - _OF_A_SERVICE if where == "services" else keys)


def _takes_in(deny: Statement, where: str, who: str, account: str) -> bool:
    if deny.effect is not Effect.DENY or not deny.names(_ENTRY):
        return False
    if deny.not_principal is not None:
        return (where, who) not in {*_whom(deny.not_principal, account)}
    named = {*_whom(deny.principal or {}, account)}
    return (where, who) in named or (where == "arns" and ("account", _ANYBODY) in named)

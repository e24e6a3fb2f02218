"""Trust: whom a role's trust policy lets in from outside the account.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from collections.abc import Iterator

from lambdas.model.arn import Arn
from lambdas.model.finding import Certainty
from lambdas.model.severity import Severity
from lambdas.policy.document import Document, Effect, Statement
from lambdas.policy.home import ANYBODY, Home, Identifier, account_of, identifiers
from lambdas.policy.keeping_out import Refused, denies, left_in, met, refused
from lambdas.policy.outsider import EVERYBODY, OF_AN_ACCOUNT, Outsider
from lambdas.policy.vouching import asks_for_whom, name_somebody, shared
from lambdas.policy.wording import condition_words, trust_words

_UNIQUE_ID = re.compile(r"A[A-Z0-9]{15,}")
"""What IAM shows in place of a principal that was deleted: nobody can be it again."""
_NARROWING = ("sts:externalid", "aws:principalorgid", "aws:principalorgpaths")
"""Keys that narrow a trust to a party that was agreed upon, in lower case."""

_Base = tuple[str, Severity, Certainty]
"""Who it is, how loud and how sure it is as long as no condition is looked at."""


def outsiders(document: Document, home: Home) -> Iterator[Outsider]:
    """Everybody from outside whom a statement of a trust policy lets in.

    AWS services are no outsiders. What a statement asks for is looked at as it holds for somebody
    from outside: a Deny for all who are not of the own account keeps out whoever is named.
    """
    for statement in document.statements:
        if statement.effect is Effect.ALLOW:
            for who in _named(statement):
                entries = [e for e in home.doors(who[0]) if statement.names(e)]
                if entries:
                    yield from _let_in(statement, who, denies(document, entries), home)


def _named(statement: Statement) -> Iterator[Identifier]:
    """Type and identifier of each principal; everybody, where an element names who is left out."""
    if statement.principal is None:
        yield ANYBODY, ANYBODY
    else:
        yield from identifiers(statement.principal)


def _let_in(
    statement: Statement, named: Identifier, against: list[Statement], home: Home
) -> Iterator[Outsider]:
    for who in left_in(named, against, home):
        holds = met(statement, who, home)
        base = None if holds is False else _base(*who, home, statement)
        kept = refused(who, against, home)
        if base and kept:
            yield _outsider(base, statement, kept, asks=statement.conditional and not holds)


def _base(kind: str, identifier: str, home: Home, statement: Statement) -> _Base | None:
    """Who it is, how loud and how sure; None for no outsider."""
    if kind == "Service":
        return None
    if identifier == ANYBODY:
        federated = "" if any(map(statement.names, home.doors("AWS"))) else " who is federated"
        all_but = "" if statement.principal is not None else " but those that it names"
        return f"{EVERYBODY}{federated}{all_but}", Severity.CRITICAL, Certainty.CERTAIN
    if kind == "Federated":
        return _federated(identifier, home, statement)
    return None if _UNIQUE_ID.fullmatch(identifier) else _principal(kind, identifier, home)


def _principal(kind: str, identifier: str, home: Home) -> _Base | None:
    account = account_of(identifier)
    if account is None:
        return f"{kind} principal {identifier}", Severity.MEDIUM, Certainty.POSSIBLE
    arn = Arn.parse(identifier)
    named = "" if arn is None or arn.resource == "root" else f" ({arn.resource})"
    outside = f"{OF_AN_ACCOUNT}{account}{named}", Severity.HIGH, Certainty.CERTAIN
    return None if home.knows(account) else outside


def _federated(identifier: str, home: Home, statement: Statement) -> _Base | None:
    arn = Arn.parse(identifier)
    if arn and not home.knows(arn.account):
        return f"identity provider {identifier}", Severity.HIGH, Certainty.CERTAIN
    if arn and arn.resource.startswith("saml-provider/"):
        return None
    issuer = (arn.resource.partition("/")[2] if arn else identifier).lower()
    if not asks_for_whom(statement, issuer):
        return f"any identity of {issuer}", Severity.HIGH, Certainty.CERTAIN
    severity = Severity.MEDIUM if shared(issuer) else Severity.LOW
    return f"identities of {issuer}", severity, Certainty.CONDITIONAL


def _outsider(base: _Base, statement: Statement, kept: Refused, *, asks: bool) -> Outsider:
    who, severity, certainty = base
    given = [f"if {condition_words(statement)}"] if asks else []
    given += [f"unless {condition_words(deny)}" for deny in kept.unless]
    if kept.perhaps:
        certainty = Certainty.POSSIBLE
    elif given and certainty is not Certainty.POSSIBLE:
        certainty = Certainty.CONDITIONAL
        narrowed = any(map(_narrows, (statement, *kept.unless)))
        severity = min(severity, Severity.MEDIUM if narrowed else Severity.HIGH)
    return Outsider(
        who=who,
        severity=severity,
        certainty=certainty,
        because=trust_words(statement),
        given=tuple(given),
    )


def _narrows(statement: Statement) -> bool:
    """Whether a condition of an Allow, or of a Deny by its opposite, narrows to one party."""
    denied = statement.effect is Effect.DENY
    return any(
        key.lower() in _NARROWING and negative is denied and name_somebody(values)
        for key, values, negative, optional in _conditions(statement)
        if denied or not optional
    )


def _conditions(statement: Statement) -> Iterator[tuple[str, tuple[object, ...], bool, bool]]:
    """Key, values, whether the operator is negative, and whether it holds without the key."""
    for operator, keys in statement.condition.items():
        name = operator.lower()
        optional = name.endswith("ifexists") or name.startswith(("forallvalues:", "null"))
        for key, values in keys.items():
            yield key, values, "not" in name, optional

"""Trust: whom a role's trust policy lets in from outside the account.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lambdas.model.arn import Arn
from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.severity import Severity
from lambdas.policy.document import Document, Effect, Statement
from lambdas.policy.reading import Principal
from lambdas.policy.wording import condition_words, trust_words

_ENTRIES = {
    "AWS": ("sts:assumerole",),
    "Federated": ("sts:assumerolewithwebidentity", "sts:assumerolewithsaml"),
}
"""Type of principal -> the calls with which it gets in, in lower case."""
_ANYBODY = "*"
_EVERYBODY = "anybody"
_OF_AN_ACCOUNT = "account "
_ACCOUNT = re.compile(r"\d{12}")
_UNIQUE_ID = re.compile(r"A[A-Z0-9]{15,}")
"""What IAM shows in place of a principal that was deleted: nobody can be it again."""
_NARROWING = ("sts:externalid", "aws:principalorgid", "aws:principalorgpaths")
"""Keys that narrow a trust to a party that was agreed upon, in lower case."""
_CLAIMS = (":aud", ":sub", ":app_id")
"""Ends of the keys that say for whom, or about whom, a web identity's token was issued.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""
_WHOSE = ("aws:principalaccount", "aws:principalarn")
"""Keys that say which account a principal is of, in lower case."""
_TEXTUAL = ("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike")
"""Operators that hold only where the key is there and is one of the texts, in lower case."""
_WILD = re.compile(r"[*?]")
_SHARED = ("token.actions.githubusercontent.com", "gitlab.com", "app.terraform.io")
"""Issuers whose audience every customer can ask for: only the subject tells them apart.

https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
"""

_Base = tuple[str, Severity, Certainty]
"""Who it is, how loud and how sure it is as long as no condition is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """Somebody whom a trust policy lets in; ``who`` in words, such as: account 999988887777."""

    who: str
    severity: Severity
    certainty: Certainty
    because: str
    given: tuple[str, ...] = ()

    def includes(self, other: "Outsider") -> bool:
        """Whether letting in this one lets in the other, no less surely and under no more."""
        if self.who == _EVERYBODY and self.certainty is Certainty.CERTAIN:
            return other.who == _EVERYBODY or other.who.startswith(_OF_AN_ACCOUNT)
        if self.who != other.who or self.severity < other.severity:
            return False
        own, others = SURENESS.index(self.certainty), SURENESS.index(other.certainty)
        return own > others or (own == others and self.given == other.given)


@dataclass(frozen=True, slots=True)
class Home:
    """The own account of what the policy is of, the accounts that it may trust, and its doors."""

    account: str
    trusted: tuple[str, ...] = ()
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _ENTRIES)
    """Type of principal -> the calls with which it gets in, in lower case; of others, any."""

    def doors(self, kind: str) -> tuple[str, ...]:
        """The calls with which a principal of a type gets in, in lower case."""
        anyhow = tuple(entry for entries in self.entries.values() for entry in entries)
        return self.entries.get(kind, anyhow)

    def knows(self, account: str) -> bool:
        """Whether an account is no outsider."""
        return account == self.account or account in self.trusted


def outsiders(document: Document, home: Home) -> Iterator[Outsider]:
    """Everybody from outside whom a statement of a trust policy lets in.

    AWS services are no outsiders. A Deny without a condition keeps out whom it names, one with a
    condition makes the answer conditional.
    """
    for statement in document.statements:
        if statement.effect is Effect.ALLOW:
            for kind, identifier in _named(statement):
                entries = [e for e in home.doors(kind) if statement.names(e)]
                base = _base(kind, identifier, home, statement) if entries else None
                if base:
                    denies = _denies(document, kind, identifier, entries)
                    if all(deny.conditional for deny in denies):
                        yield _outsider(base, statement, denies)


def _named(statement: Statement) -> Iterator[tuple[str, str]]:
    """Type and identifier of each principal; everybody, where an element names who is left out."""
    if statement.principal is None:
        yield _ANYBODY, _ANYBODY
    else:
        yield from _pairs(statement.principal)


def _pairs(principal: Principal) -> Iterator[tuple[str, str]]:
    if not isinstance(principal, Mapping):
        yield _ANYBODY, principal
        return
    for kind, identifiers in principal.items():
        for identifier in identifiers:
            yield kind, identifier


def _base(kind: str, identifier: str, home: Home, statement: Statement) -> _Base | None:
    """Who it is, how loud and how sure; None for no outsider."""
    if kind == "Service":
        return None
    if identifier == _ANYBODY and _stays_home(statement, home):
        return None
    if identifier == _ANYBODY:
        federated = "" if any(map(statement.names, home.doors("AWS"))) else " who is federated"
        all_but = "" if statement.principal is not None else " but those that it names"
        return f"{_EVERYBODY}{federated}{all_but}", Severity.CRITICAL, Certainty.CERTAIN
    if kind == "Federated":
        return _federated(identifier, home, statement)
    return None if _UNIQUE_ID.fullmatch(identifier) else _principal(kind, identifier, home)


def _principal(kind: str, identifier: str, home: Home) -> _Base | None:
    account = _account(identifier)
    if account is None:
        return f"{kind} principal {identifier}", Severity.MEDIUM, Certainty.POSSIBLE
    arn = Arn.parse(identifier)
    named = "" if arn is None or arn.resource == "root" else f" ({arn.resource})"
    outside = f"{_OF_AN_ACCOUNT}{account}{named}", Severity.HIGH, Certainty.CERTAIN
    return None if home.knows(account) else outside


def _account(identifier: str) -> str | None:
    arn = Arn.parse(identifier)
    account = arn.account if arn else identifier
    return account if _ACCOUNT.fullmatch(account) else None


def _federated(identifier: str, home: Home, statement: Statement) -> _Base | None:
    arn = Arn.parse(identifier)
    if arn and not home.knows(arn.account):
        return f"identity provider {identifier}", Severity.HIGH, Certainty.CERTAIN
    if arn and arn.resource.startswith("saml-provider/"):
        return None
    issuer = (arn.resource.partition("/")[2] if arn else identifier).lower()
    if not _asks_for_whom(statement, issuer):
        return f"any identity of {issuer}", Severity.HIGH, Certainty.CERTAIN
    severity = Severity.MEDIUM if issuer.startswith(_SHARED) else Severity.LOW
    return f"identities of {issuer}", severity, Certainty.CONDITIONAL


def _asks_for_whom(statement: Statement, issuer: str) -> bool:
    """Whether a condition names the audience or the subject; of a shared issuer, the subject."""
    shared = issuer.startswith(_SHARED)
    keys = {f"{issuer}{claim}" for claim in ((":sub",) if shared else _CLAIMS)}
    names = _names_owners if shared else _names
    return any(key in keys and names(values) for key, values in _texts_asked_for(statement))


def _names_owners(values: tuple[object, ...]) -> bool:
    """Whether each subject, such as repo:owner/name:ref, says whose it is."""
    heads = (str(value).partition(":") for value in values)
    return _names(values) and all(
        not _WILD.search(kind) and not _WILD.match(owner) for kind, _, owner in heads
    )


def _stays_home(statement: Statement, home: Home) -> bool:
    """Whether a condition lets in only principals of the own account, or of trusted ones."""
    return any(
        key in _WHOSE and bool(values) and all(_knows(home, str(value)) for value in values)
        for key, values in _texts_asked_for(statement)
    )


def _knows(home: Home, value: str) -> bool:
    """Whether a text is of a known account; a wildcard before it may take in another one's path."""
    account = _account(value)
    if account is None or _WILD.search(value.partition(account)[0]):
        return False
    return home.knows(account)


def _texts_asked_for(statement: Statement) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Keys in lower case with the texts of which they must be one."""
    for operator, keys in statement.condition.items():
        name = operator.lower().removeprefix("foranyvalue:")
        if name in _TEXTUAL:
            for key, values in keys.items():
                yield key.lower(), values


def _conditions(statement: Statement) -> Iterator[tuple[str, tuple[object, ...], bool, bool]]:
    """Key, values, whether the operator is negative, and whether it holds without the key."""
    for operator, keys in statement.condition.items():
        name = operator.lower()
        optional = name.endswith("ifexists") or name.startswith(("forallvalues:", "null"))
        for key, values in keys.items():
            yield key, values, "not" in name, optional


def _names(values: tuple[object, ...]) -> bool:
    """Whether the values leave somebody out: none is made of wildcards alone."""
    return bool(values) and all(str(value).strip("*?") for value in values)


def _narrows(statement: Statement) -> bool:
    """Whether a condition of an Allow, or of a Deny by its opposite, narrows to one party."""
    denies = statement.effect is Effect.DENY
    return any(
        key.lower() in _NARROWING and negative is denies and _names(values)
        for key, values, negative, optional in _conditions(statement)
        if denies or not optional
    )


def _outsider(
    base: tuple[str, Severity, Certainty], statement: Statement, denies: list[Statement]
) -> Outsider:
    who, severity, certainty = base
    given = [f"if {condition_words(statement)}"] if statement.conditional else []
    given += [f"unless {condition_words(deny)}" for deny in denies]
    if given and certainty is not Certainty.POSSIBLE:
        certainty = Certainty.CONDITIONAL
        narrowed = any(map(_narrows, (statement, *denies)))
        severity = min(severity, Severity.MEDIUM if narrowed else Severity.HIGH)
    return Outsider(
        who=who,
        severity=severity,
        certainty=certainty,
        because=trust_words(statement),
        given=tuple(given),
    )


def _denies(document: Document, kind: str, identifier: str, entries: list[str]) -> list[Statement]:
    """The Deny statements that take this principal in, in each of its ways to get in."""
    return [
        statement
        for statement in document.statements
        if statement.effect is Effect.DENY
        and all(map(statement.names, entries))
        and _takes_in(statement, kind, identifier)
    ]


def _takes_in(deny: Statement, kind: str, identifier: str) -> bool:
    """Whether a Deny takes the principal in, by its name, by its account, or by leaving it in."""
    if deny.principal is not None:
        return any(_is_of(kind, identifier, *pair) for pair in _pairs(deny.principal))
    if deny.not_principal is None or identifier == _ANYBODY:
        return False
    return not any(
        _is_of(kind, identifier, *pair) or _is_of(*pair, kind, identifier)
        for pair in _pairs(deny.not_principal)
    )


def _is_of(kind: str, identifier: str, whose_kind: str, whole: str) -> bool:
    """Whether a principal is another one, or belongs to it as a user does to an account."""
    if whole == _ANYBODY:
        return whose_kind in {_ANYBODY, "AWS", kind}
    if kind != whose_kind:
        return False
    arn = Arn.parse(whole)
    is_account = arn is None or arn.resource == "root"
    return identifier == whole or (
        is_account and _account(identifier) == _account(whole) is not None
    )

"""Principal and NotPrincipal: whether a statement takes the caller in, and by which name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum

from lambdas.policy.caller import Caller, Kind, caller
from lambdas.policy.condition import UndecidedError
from lambdas.policy.document import Effect, Statement
from lambdas.policy.reading import Principal

_ANYBODY = "*"


class Named(IntEnum):
    """By what a caller is named; the more directly, the less its own policies limit it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    """

    NOT = 0
    ACCOUNT = 1
    ENTITY = 2
    """The role whose session it is."""
    ITSELF = 3


_LINKS = {
    Kind.USER: {Named.ACCOUNT, Named.ITSELF},
    Kind.FEDERATED_USER: {Named.ACCOUNT, Named.ITSELF},
    Kind.ROLE: {Named.ACCOUNT, Named.ENTITY},
    Kind.SESSION: {Named.ACCOUNT, Named.ENTITY, Named.ITSELF},
}
"""Names that NotPrincipal must hold to be sure to spare a caller; of others, itself.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""


def named(statement: Statement, who: Caller, *, bounded: bool) -> Named:
    """By what a statement of a resource's policy takes the caller in.

    ``bounded`` says whether the caller has a permissions boundary: a Deny with NotPrincipal
    then takes it in whoever is named.

    Raises:
        UndecidedError: that cannot be said.
    """
    if statement.principal is not None:
        return max(_names(statement.principal, who), default=Named.NOT)
    if statement.not_principal is None:
        raise UndecidedError("no Principal says whom it is for")
    if bounded and statement.effect is Effect.DENY:
        return Named.ITSELF
    spared = {name for name in _names(statement.not_principal, who) if name}
    if not spared:
        return Named.ITSELF
    if statement.not_principal == _ANYBODY or spared >= _LINKS.get(who.kind, {Named.ITSELF}):
        return Named.NOT
    raise UndecidedError(f"NotPrincipal names not all that {who.kind} is known by")


def _names(principal: Principal, who: Caller) -> Iterable[Named]:
    """By what each identifier names the caller; lazily, so that one that fits comes first."""
    if not isinstance(principal, Mapping):
        if principal != _ANYBODY:
            raise UndecidedError("a Principal that is a text must be *")
        return [Named.ITSELF]
    return [
        _name(kind, identifier, who)
        for kind, identifiers in principal.items()
        for identifier in identifiers
    ]


def _name(kind: str, identifier: str, who: Caller) -> Named:
    if identifier == _ANYBODY:
        return Named.ITSELF if kind == "AWS" or who.kind is Kind.OUTSIDE else Named.NOT
    if kind in {"Service", "Federated"}:
        outside = who.kind is Kind.OUTSIDE and who.text == identifier
        return Named.ITSELF if outside else Named.NOT
    if kind != "AWS":
        raise UndecidedError(f"who a principal of type {kind[:60]} is, is not known")
    return _aws(identifier, who)


def _aws(identifier: str, who: Caller) -> Named:
    if who.kind is Kind.UNKNOWN:
        raise UndecidedError("the request does not say who makes it")
    if who.text == identifier:
        return Named.ENTITY if who.kind is Kind.ROLE else Named.ITSELF
    other = caller(identifier)
    if other.account is None or other.account != who.account:
        return Named.NOT
    if other.kind is Kind.ROOT:
        return Named.ITSELF if who.kind is Kind.ROOT else Named.ACCOUNT
    if other.kind is Kind.ROLE:
        return Named.ENTITY if other.role == who.role else Named.NOT
    if other.kind is Kind.USER and who.kind is Kind.FEDERATED_USER:
        raise UndecidedError("which user a federated user's session comes from is not known")
    return Named.NOT

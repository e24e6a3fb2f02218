"""Whom a statement of a trust policy names, seen from the role's own account.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from lambdas.model.arn import Arn
from lambdas.policy.caller import Kind, caller
from lambdas.policy.document import Statement
from lambdas.policy.reading import Principal
from lambdas.policy.whose import ARN_KEY

EVERYBODY = "*"
_EQUAL = frozenset({"arnequals", "arnlike", "stringequals", "stringlike"})


class Where(StrEnum):
    """What kind of name it is."""

    ACCOUNT = "the account as a whole"
    ANYBODY = "anybody at all"
    ARN = "one user, role or session of the account"
    CONDITION = "one of them, whom a condition picks out of anybody"
    SERVICE = "a service"


Whom = tuple[Where, str]


def named_by(statement: Statement, account: str) -> Iterator[Whom]:
    """Whom an Allow names; of anybody only those whose ARNs a condition spells out."""
    whole = [(Where.ANYBODY, EVERYBODY)]
    for where, who in whole if statement.principal is None else whom(statement.principal, account):
        arns = _only(statement) if where is Where.ANYBODY else ()
        for arn in arns:
            if (Where.ARN, arn) in whom({"AWS": (arn,)}, account):
                yield Where.CONDITION, arn
        if not arns:
            yield where, who


def whom(principal: Principal, account: str) -> Iterator[Whom]:
    """Whom a Principal or NotPrincipal element names, as far as they are of the account."""
    pairs = (
        ((kind, who) for kind, whole in principal.items() for who in whole)
        if isinstance(principal, Mapping)
        else (("AWS", principal),)
    )
    for kind, who in pairs:
        arn = Arn.parse(who)
        if kind == "Service":
            yield Where.SERVICE, who
        elif who == EVERYBODY and kind == "AWS":
            yield Where.ANYBODY, EVERYBODY
        elif who == account or (arn and (arn.account, arn.resource) == (account, "root")):
            yield Where.ACCOUNT, EVERYBODY
        elif arn and arn.account == account:
            yield Where.ARN, who


def session_of(arn: str) -> str:
    """What all sessions of a session's role begin with; another ARN stays as it is.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session
    """
    return arn.rpartition("/")[0] if caller(arn).kind is Kind.SESSION else arn


def _only(statement: Statement) -> tuple[str, ...]:
    """The ARNs to one of which a condition narrows whoever comes; none where patterns do."""
    for operator, keys in statement.condition.items():
        for key, values in keys.items():
            arns = tuple(map(str, values))
            named = operator.lower() in _EQUAL and key.lower() == ARN_KEY
            if named and not any(set("*?$") & set(arn) for arn in arns):
                return arns
    return ()

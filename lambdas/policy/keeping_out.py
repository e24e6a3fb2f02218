"""Keeping out: what conditions and Deny statements of a trust policy mean for outsiders.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lambdas.policy.condition import Asked, Of
from lambdas.policy.document import Document, Effect, Statement
from lambdas.policy.home import ANYBODY, Home, Identifier, account_of, identifiers, is_account
from lambdas.policy.reading import Scalar
from lambdas.policy.variables import Context
from lambdas.policy.whose import ACCOUNT_KEY, ARN_KEY, holds, known_of

_WHOSE = (ACCOUNT_KEY, ARN_KEY)
"""Keys that say which account a principal is of, in lower case."""
_TEXTUAL = ("string", "arn")
"""What the names of operators begin with that compare texts, in lower case."""


class Refused(NamedTuple):
    """Conditional Deny statements that take somebody in, and whether another one may."""

    unless: tuple[Statement, ...]
    perhaps: bool


def denies(document: Document, entries: Iterable[str]) -> list[Statement]:
    """The Deny statements that name each of somebody's ways to get in."""
    wanted = [*entries]
    return [
        statement
        for statement in document.statements
        if statement.effect is Effect.DENY and all(map(statement.names, wanted))
    ]


def left_in(who: Identifier, against: Iterable[Statement], home: Home) -> Iterable[Identifier]:
    """Who is left of those whom an Allow names: of anybody, those whom a Deny spares."""
    if who[1] == ANYBODY:
        for deny in against:
            if deny.not_principal is not None and met(deny, who, home):
                return identifiers(deny.not_principal)
    return (who,)


def refused(who: Identifier, against: Iterable[Statement], home: Home) -> Refused | None:
    """What of these Deny statements takes somebody in; None where one does so for sure."""
    unless, perhaps = [], False
    for deny in against:
        holds = met(deny, who, home)
        takes_in = False if holds is False else _takes_in(deny, who)
        if takes_in and holds:
            return None
        if takes_in:
            unless.append(deny)
        perhaps = perhaps or takes_in is None
    return Refused(tuple(unless), perhaps)


def met(statement: Statement, who: Identifier, home: Home) -> bool | None:
    """Whether an outsider meets all that a statement asks for; None where that is not known."""
    pairs = (
        (key.lower(), values)
        for keys in statement.condition.values()
        for key, values in keys.items()
    )
    known = _known(who)
    held = [
        holds(each, known) if each.key in known else _outside(key, values, each, home)
        for (key, values), each in zip(pairs, statement.asked, strict=True)
    ]
    return False if False in held else None if None in held else True


def _known(who: Identifier) -> Context:
    """What is known of the context of somebody who is named."""
    kind, identifier = who
    account = account_of(identifier) if kind == "AWS" else None
    if account is None:
        return {}
    return known_of(account, None if is_account(identifier) else identifier)


def _outside(key: str, values: Sequence[Scalar], asked: Asked, home: Home) -> bool | None:
    """Whether it holds for everybody from outside: that nobody there is one of the own."""
    operator = asked.operator
    textual = operator is not None and asked.says.lower().startswith(_TEXTUAL)
    if operator is None or not textual or asked.of is not Of.ONE or key not in _WHOSE:
        return None
    if not values or not all(home.holds(str(value)) for value in values):
        return None
    return True if operator.negative else None if asked.absent else False


def _takes_in(deny: Statement, who: Identifier) -> bool | None:
    """Whether a Deny takes somebody in; None where AWS leaves it open.

    A NotPrincipal must name somebody and its account to be sure to spare it.
    """
    if deny.principal is not None:
        return any(_is_of(who, whole) for whole in identifiers(deny.principal))
    spared = [*identifiers(deny.not_principal or {})]
    if who[1] == ANYBODY:
        return bool(spared) and not any(identifier == ANYBODY for _, identifier in spared)
    around = {each for each in spared if _is_of(who, each)}
    if not around and not any(_is_of(each, who) for each in spared):
        return deny.not_principal is not None
    whole = any(is_account(each) or kind != "AWS" for kind, each in around)
    itself = who in around or is_account(who[1])
    return False if whole and itself else None


def _is_of(one: Identifier, other: Identifier) -> bool:
    """Whether a principal is another one, or belongs to it as a user does to an account."""
    (kind, identifier), (whose_kind, whole) = one, other
    if whole == ANYBODY:
        return whose_kind in {ANYBODY, "AWS", kind}
    if kind != whose_kind:
        return False
    return identifier == whole or (
        is_account(whole) and account_of(identifier) == account_of(whole) is not None
    )

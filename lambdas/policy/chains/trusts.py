"""Trusts: who of its own account a role lets in, and which services may have it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lambdas.model.arn import Arn
from lambdas.model.finding import SURENESS, Certainty
from lambdas.policy.caller import Kind, caller
from lambdas.policy.condition import Asked, UndecidedError
from lambdas.policy.document import Document, DocumentError, Effect, Statement, parse
from lambdas.policy.reading import Principal
from lambdas.policy.variables import Context
from lambdas.policy.wording import condition_words, trust_words

_ENTRY = "sts:assumerole"
_ANYBODY = "*"
_OF_ALL = ("account", "anybody")
_OF_A_SERVICE = frozenset({"aws:sourceaccount", "aws:sourcearn"})
"""What tells a service's customers apart: it holds for one's own resources."""
_ARN_KEY = "aws:principalarn"
_ACCOUNT_KEY = "aws:principalaccount"
_EQUAL = frozenset({"arnequals", "arnlike", "stringequals", "stringlike"})


@dataclass(frozen=True, slots=True)
class Entry:
    """How sure somebody is let in, by which statement, and under which conditions.

    ``asks`` are those of the conditions that the ARN of whoever comes settles, ``but`` are ARNs
    that the statement leaves out.
    """

    certainty: Certainty
    because: str
    given: tuple[str, ...] = ()
    asks: tuple[Asked, ...] = ()
    but: frozenset[str] = frozenset()

    def admits(self, arn: str) -> bool:
        """Whether a principal may be let in, as far as its ARN says."""
        return all(_holds(each, {_ARN_KEY: (arn,)}) is not False for each in self.asks)


@dataclass(frozen=True, slots=True)
class Trust:
    """Who is let in: everybody of the account whose own policies allow it, some ARNs, services.

    ``anybody`` lets in everybody of the account, whatever its own policies allow, as long as
    nothing denies it.
    """

    account: Entry | None = None
    anybody: tuple[Entry, ...] = ()
    arns: Mapping[str, Entry] = field(default_factory=dict)
    services: Mapping[str, Entry] = field(default_factory=dict)


def trust(text: str, account: str) -> Trust:
    """What a role's trust policy says of its own account; nobody is let in by one that is none."""
    try:
        document = parse(text)
    except DocumentError:
        return Trust()
    found: dict[str, dict[str, Entry]] = {"account": {}, "anybody": {}, "arns": {}, "services": {}}
    for statement in document.statements:
        if statement.effect is Effect.ALLOW and statement.names(_ENTRY):
            for where, who in _named(statement, account):
                entry = _entry(document, statement, where, who, account)
                if entry is not None:
                    _file(found, entry, where, who if who != _ANYBODY else str(statement.index))
    of_all = [*found["account"].values(), *found["anybody"].values()]
    surest = max(of_all, key=_sureness, default=None)
    return Trust(surest, tuple(found["anybody"].values()), found["arns"], found["services"])


def _file(found: dict[str, dict[str, Entry]], entry: Entry, where: str, who: str) -> None:
    former = found[where].get(who)
    if former is None or _sureness(entry) > _sureness(former):
        found[where][who] = entry


def _sureness(entry: Entry) -> int:
    return SURENESS.index(entry.certainty)


def session_of(arn: str) -> str:
    """What all sessions of a session's role begin with; another ARN stays as it is.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session
    """
    return arn.rpartition("/")[0] if caller(arn).kind is Kind.SESSION else arn


def _named(statement: Statement, account: str) -> Iterator[tuple[str, str]]:
    """Who is named: the account as a whole, anybody, one ARN of it, or a service."""
    whole = [("anybody", _ANYBODY)]
    named = whole if statement.principal is None else _whom(statement.principal, account)
    for where, who in named:
        arns = _only(statement) if where == "anybody" else ()
        of_account = (pair for arn in arns for pair in _whom(arn, account) if pair[0] == "arns")
        yield from of_account if arns else [(where, who)]


def _only(statement: Statement) -> tuple[str, ...]:
    """The ARNs to one of which a condition narrows whoever comes; none where patterns do."""
    for operator, keys in statement.condition.items():
        for key, values in keys.items():
            arns = tuple(map(str, values))
            named = operator.lower() in _EQUAL and key.lower() == _ARN_KEY
            if named and not any(set("*?$") & set(arn) for arn in arns):
                return arns
    return ()


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
        elif who == _ANYBODY and kind == "AWS":
            yield "anybody", _ANYBODY
        elif who == account or (arn and (arn.account, arn.resource) == (account, "root")):
            yield "account", _ANYBODY
        elif arn and arn.account == account:
            yield "arns", who


def _entry(
    document: Document, allow: Statement, where: str, who: str, account: str
) -> Entry | None:
    """How somebody whom an Allow names gets in; None where no, or a Deny without condition."""
    known = _known(where, who, account)
    denies = [deny for deny in document.statements if _takes_in(deny, where, who, account)]
    but = frozenset(_whom(allow.not_principal or {}, account))
    refused = any(_holds(each, known) is False for each in allow.asked) or ("anybody", "*") in but
    if refused or not all(deny.conditional for deny in denies):
        return None
    given = [f"if {condition_words(allow)}"] if _asks(allow, where, known) else []
    given += [f"unless {condition_words(deny)}" for deny in denies]
    certainty = Certainty.CONDITIONAL if given else Certainty.CERTAIN
    if session_of(who) != who or ("account", _ANYBODY) in but:
        certainty = Certainty.POSSIBLE
    return Entry(
        certainty,
        trust_words(allow),
        tuple(given),
        tuple(each for each in allow.asked if where == "anybody" and each.key == _ARN_KEY),
        frozenset(arn for kind, arn in but if kind == "arns"),
    )


def _known(where: str, who: str, account: str) -> Context:
    """What is known of whoever comes; the ARN of a session's role is not."""
    if where == "services":
        return {}
    arn = {_ARN_KEY: (who,)} if where == "arns" and session_of(who) == who else {}
    return {_ACCOUNT_KEY: (account,), **arn}


def _holds(asked: Asked, known: Context) -> bool | None:
    """Whether a condition holds; None where that is not known."""
    try:
        return asked.holds(known) if asked.key in known else None
    except UndecidedError:
        return None


def _asks(allow: Statement, where: str, known: Context) -> bool:
    keys = {each.key for each in allow.asked if not _holds(each, known)}
    return bool(keys - _OF_A_SERVICE if where == "services" else keys)


def _takes_in(deny: Statement, where: str, who: str, account: str) -> bool:
    if deny.effect is not Effect.DENY or not deny.names(_ENTRY):
        return False
    if deny.not_principal is not None:
        spared = {*_whom(deny.not_principal, account)}
        of_all = where in _OF_ALL and any((each, _ANYBODY) in spared for each in _OF_ALL)
        return not of_all and (where, who) not in spared
    named = {*_whom(deny.principal or {}, account)}
    of_all = where != "services" and any((each, _ANYBODY) in named for each in _OF_ALL)
    return of_all or (where, who) in named

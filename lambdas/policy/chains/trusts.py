"""Trusts: who of its own account a role lets in, and which services may have it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lambdas.model.finding import Certainty
from lambdas.policy.caller import Kind, caller
from lambdas.policy.chains.entry import OPEN, Entry, refusal
from lambdas.policy.chains.whom import EVERYBODY, Where, Whom, named_by, session_of, whom
from lambdas.policy.document import Document, DocumentError, Effect, Statement, parse
from lambdas.policy.variables import Context
from lambdas.policy.whose import ARN_KEY, holds, known_of
from lambdas.policy.wording import condition_words, trust_words

_ENTRY = "sts:assumerole"
_OF_ALL = frozenset({(Where.ACCOUNT, EVERYBODY), (Where.ANYBODY, EVERYBODY)})
_OF_A_SERVICE = frozenset({"aws:sourceaccount", "aws:sourcearn"})
"""What tells a service's customers apart: it holds for one's own resources."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Who is let in: everybody of the account whose own policies allow it, some ARNs, services.

    ``anybody`` lets in everybody of the account, whatever its own policies allow, as long as
    nothing denies it.
    """

    account: tuple[Entry, ...] = ()
    anybody: tuple[Entry, ...] = ()
    arns: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    services: Mapping[str, Entry] = field(default_factory=dict)


def trust(text: str, account: str) -> Trust:
    """What a role's trust policy says of its own account; nobody is let in by one that is none."""
    try:
        document = parse(text)
    except DocumentError:
        return Trust()
    found: dict[Where, dict[str, list[Entry]]] = {w: defaultdict(list) for w in Where}
    for where, who, entry in _entries(document, account):
        found[where][who].append(entry)
    arns = {
        arn: (*found[Where.ARN][arn], *found[Where.CONDITION][arn])
        for arn in (*found[Where.ARN], *found[Where.CONDITION])
    }
    anybody = (*found[Where.ANYBODY][EVERYBODY],)
    services = {who: _surest(each)[0] for who, each in found[Where.SERVICE].items()}
    return Trust(_surest((*found[Where.ACCOUNT][EVERYBODY], *anybody)), anybody, arns, services)


def _surest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those that are not alike for everybody, before them the surest one of the others."""
    told = [*entries]
    alike = max((e for e in told if e.alike), key=lambda each: each.sureness, default=None)
    return (*((alike,) if alike else ()), *(each for each in told if not each.alike))


def _entries(document: Document, account: str) -> Iterator[tuple[Where, str, Entry]]:
    denies = [s for s in document.statements if s.effect is Effect.DENY and s.names(_ENTRY)]
    for statement in document.statements:
        if statement.effect is Effect.ALLOW and statement.names(_ENTRY):
            for where, who in named_by(statement, account):
                if where is Where.SERVICE:
                    entry = _of_service(denies, statement, who)
                else:
                    entry = _of_somebody(denies, statement, (where, who), account)
                if entry is not None:
                    yield where, who, entry


def _of_service(denies: Iterable[Statement], allow: Statement, service: str) -> Entry | None:
    """How a service gets in; None where it does not."""
    refusals = [refusal(deny, service, {}, bounded=False) for deny in denies]
    if "" in refusals:
        return None
    narrowed = not {each.key for each in allow.asked} <= _OF_A_SERVICE
    given = (f"if {condition_words(allow)}" if narrowed else None, *refusals)
    told = tuple(dict.fromkeys(filter(None, given)))
    sure = Certainty.CONDITIONAL if told else Certainty.CERTAIN
    return Entry(trust_words(allow), Certainty.POSSIBLE if OPEN in told else sure, told)


def _of_somebody(
    denies: Iterable[Statement], allow: Statement, who: Whom, account: str
) -> Entry | None:
    """How somebody of the account whom an Allow names gets in; None where nobody does."""
    where, arn = who
    alone = where in {Where.ARN, Where.CONDITION}
    session = arn if alone and session_of(arn) != arn else None
    known = known_of(account, arn if alone and not session else None)
    but = frozenset(whom(allow.not_principal or {}, account))
    open_ = [each for each in allow.asked if not holds(each, known)]
    refused = any(holds(each, known) is False for each in open_) or (Where.ANYBODY, "*") in but
    against = [deny for deny in denies if _may_take_in(deny, known, account)]
    for_all = [deny for deny in against if _takes_in_all(deny, account)]
    unless = [_unless(deny, known) for deny in for_all]
    if refused or "" in unless:
        return None
    asked = f"if {condition_words(allow)}"
    given = [asked] if any(each.key != ARN_KEY for each in open_) else []
    unsure = session is not None or (Where.ACCOUNT, EVERYBODY) in but
    sure = Certainty.CONDITIONAL if given or unless else Certainty.CERTAIN
    return Entry(
        because=trust_words(allow),
        certainty=Certainty.POSSIBLE if unsure else sure,
        given=(*given, *unless),
        asks=tuple(each for each in open_ if each.key == ARN_KEY),
        asked=asked,
        but=frozenset(each for of_kind, each in but if of_kind is Where.ARN),
        denies=tuple(deny for deny in against if deny not in for_all),
        session=session,
        entity=where is Where.ARN and caller(arn).kind is Kind.ROLE,
    )


def _may_take_in(deny: Statement, known: Context, account: str) -> bool:
    """Whether a Deny may take in anybody of the account who is known so far."""
    if any(holds(each, known) is False for each in deny.asked):
        return False
    somebody = any(where is not Where.SERVICE for where, _ in whom(deny.principal or {}, account))
    return somebody or deny.not_principal is not None


def _takes_in_all(deny: Statement, account: str) -> bool:
    """Whether a Deny takes in everybody of the account alike, whatever else it asks for."""
    personal = any(each.key == ARN_KEY for each in deny.asked)
    return not personal and not _OF_ALL.isdisjoint(whom(deny.principal or {}, account))


def _unless(deny: Statement, known: Context) -> str:
    """Unless what a Deny keeps all out, in words: empty where it asks for nothing more."""
    open_ = [each for each in deny.asked if not holds(each, known)]
    return f"unless {condition_words(deny)}" if open_ else ""

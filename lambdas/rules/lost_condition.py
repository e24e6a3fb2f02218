"""A permission that a principal had under a condition holds without it now, or under less.

Keys that say who asks, from where, how signed in, or to whom a role may be handed guard what
people can do with a stolen key: losing one is told at once, any other condition in the digest.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from collections.abc import Iterator
from functools import lru_cache

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.policy.document import Document, Effect
from lambdas.policy.elements import Comparison, actions_of
from lambdas.policy.gains import MOST_ASKED, Held, asked_instead, gains
from lambdas.policy.grants import Grant
from lambdas.policy.power import Power
from lambdas.policy.statement import Statement
from lambdas.policy.wording import condition_words, statement_words
from lambdas.rules.rule import Powers, powers

_GUARDS = frozenset(
    {
        "aws:multifactorauthage",
        "aws:multifactorauthpresent",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:sourceip",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:vpcsourceip",
        "iam:associatedresourcearn",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "iam:policyarn",
    }
)
"""Condition keys whose loss is told at once."""
_KEPT = 8192
"""Pairs of documents that were compared: many principals draw on the same."""


def lost_condition(case: Case) -> Iterator[Finding]:
    """Every permission of an affected principal that a condition limited before, and less so now.

    Where before is not known, no loss is claimed.
    """
    for each in powers(case):
        if each.before and each.after.arn:
            yield from _losses(each, each.before)


def _losses(each: Powers, before: Power) -> Iterator[Finding]:
    if not _may_lose(before, each.after):
        return
    former, comparison = Held.of(before), Comparison(MOST_ASKED)
    told: set[int] = set()
    for granted in gains(former, Held.of(each.after)).granted:
        grant = granted.grant
        asked = asked_instead(grant, former, comparison)
        if asked is not None and id(grant.statement) not in told:
            told.add(id(grant.statement))
            yield _finding(each, grant, asked)


def _may_lose(before: Power, after: Power) -> bool:
    """Whether any new document may allow what a condition limited: comparing all takes long."""
    former = {source.document for source in before.identity}
    new = {source.document for source in after.identity} - former
    return any(_may_free(one, other) for one in former for other in new)


@lru_cache(maxsize=_KEPT)
def _may_free(former: Document, new: Document) -> bool:
    """Whether an action of the new one is among those that the former allows conditionally."""
    limited = [actions_of(each) for each in _allows(former) if each.conditional]
    freed = [piece for each in _allows(new) for piece in actions_of(each).pieces] if limited else ()
    return any(Comparison().within(piece, actions) for actions in limited for piece in freed)


def _allows(document: Document) -> Iterator[Statement]:
    return (each for each in document.statements if each.effect is Effect.ALLOW)


def _finding(each: Powers, grant: Grant, asked: Statement) -> Finding:
    keys = {key.lower() for tests in asked.condition.values() for key in tests}
    now = {key.lower() for tests in grant.statement.condition.values() for key in tests}
    return Finding(
        rule="lost-condition",
        says=f"{each.principal} {each.now} allowed what it was allowed before only if "
        f"{condition_words(asked)}",
        severity=Severity.MEDIUM if (keys - now) & _GUARDS else Severity.LOW,
        principal=each.principal,
        because=(f"{grant.source}, {statement_words(grant.statement)}",),
        given=(f"if {condition_words(grant.statement)}",) if grant.asked else (),
    )

"""A Deny that applied to a principal does not any more, or covers less.

It is quiet where the same is denied by another of the principal's policies, and low where nothing
that was denied is allowed now: a door without a lock in a wall without an opening.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.finding import Certainty, Finding
from lambdas.model.severity import Severity
from lambdas.policy.covering import covered, meeting
from lambdas.policy.document import Effect, Statement
from lambdas.policy.power import Power, Source
from lambdas.policy.wording import condition_words, statement_words
from lambdas.rules.rule import Powers, powers


def lost_deny(case: Case) -> Iterator[Finding]:
    """Every Deny of an affected principal, its boundary's aside, that covers less than before.

    The boundary's are another rule's business. Where before is not known, no loss is claimed.
    """
    for each in powers(case):
        if each.before and each.after.arn:
            yield from _losses(each, each.before)


def _losses(each: Powers, before: Power) -> Iterator[Finding]:
    denies = [deny for _, deny in _statements(each.after, Effect.DENY)]
    if each.after.boundary:
        denies += [s for s in each.after.boundary.document.statements if s.effect is Effect.DENY]
    for source, deny in _statements(before, Effect.DENY):
        if not covered(deny, denies):
            yield _finding(each, source, deny)


def _statements(power: Power, effect: Effect) -> Iterator[tuple[Source, Statement]]:
    for source in power.identity:
        for statement in source.document.statements:
            if statement.effect is effect:
                yield source, statement


def _finding(each: Powers, source: Source, deny: Statement) -> Finding:
    opened = any(meeting(allow, deny) for _, allow in _statements(each.after, Effect.ALLOW))
    lost = Severity.MEDIUM if deny.conditional else Severity.HIGH
    unopened = "" if opened else ", of which nothing is allowed now"
    return Finding(
        rule="lost-deny",
        says=f"{each.principal} is no longer denied all that a statement denied it{unopened}",
        severity=lost if opened else Severity.LOW,
        certainty=Certainty.CONDITIONAL if deny.conditional else Certainty.CERTAIN,
        principal=each.principal,
        because=(f"{source.says}, {statement_words(deny)}, as it was before",),
        given=(f"if {condition_words(deny)}",) if deny.conditional else (),
    )

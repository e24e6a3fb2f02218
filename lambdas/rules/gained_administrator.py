"""A principal became administrator of the account, whatever the policy is called."""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.finding import Certainty, Finding
from lambdas.model.severity import Severity
from lambdas.policy.evaluate import Answer, Decision
from lambdas.rules.rule import Powers, powers
from lambdas.rules.standing import rank

_CONDITIONAL = (Severity.HIGH, Certainty.CONDITIONAL, " under a condition")
_SURE = (Severity.CRITICAL, Certainty.CERTAIN, "")


def gained_administrator(case: Case) -> Iterator[Finding]:
    """Every affected principal that is an administrator after the change and was not before."""
    for each in powers(case):
        after = rank(each.after)
        if after.answer is Answer.DENIED:
            continue
        before = rank(each.before) if each.before else Decision(Answer.DENIED)
        if _is_gain(before, after):
            yield _finding(each, after)


def _is_gain(before: Decision, after: Decision) -> bool:
    """More than before, or under other conditions: which of the two asks for less is not known."""
    if before.answer is after.answer is Answer.CONDITIONAL:
        return before.given != after.given
    return after.answer > before.answer


def _finding(each: Powers, after: Decision) -> Finding:
    conditional = after.answer is Answer.CONDITIONAL
    severity, certainty, condition = _CONDITIONAL if conditional else _SURE
    return Finding(
        rule="gained-administrator",
        says=f"{each.principal} {each.now} administrator of the account{condition}",
        severity=severity,
        certainty=certainty,
        principal=each.principal,
        because=after.because,
        given=after.given,
    )

"""A principal gained a way to give itself more power, or to become somebody else."""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.finding import SURENESS, Certainty, Finding
from lambdas.policy.administrator import administrator
from lambdas.policy.escalation import Way, ways
from lambdas.policy.evaluate import Answer
from lambdas.rules.rule import Powers, powers


def gained_escalation(case: Case) -> Iterator[Finding]:
    """Every way up that an affected principal has after the change and had not before.

    Ways that add nothing to an administrator are left out: that is another rule's finding.
    """
    for each in powers(case):
        former = {way.path.id: way for way in ways(each.before)} if each.before else {}
        for way in _beside_administrator(each):
            if _is_gain(former.get(way.path.id), way):
                yield _finding(each, way)


def _beside_administrator(each: Powers) -> Iterator[Way]:
    """The ways up that are surer than the principal's being an administrator is."""
    found = administrator(each.after).answer
    if found is not Answer.ALLOWED:
        for way in ways(each.after):
            if found is Answer.DENIED or way.certainty is Certainty.CERTAIN:
                yield way


def _is_gain(before: Way | None, after: Way) -> bool:
    """More certain than before, or under other conditions."""
    if before is None:
        return True
    if before.certainty is after.certainty:
        return before.given != after.given
    return SURENESS.index(after.certainty) > SURENESS.index(before.certainty)


def _finding(each: Powers, way: Way) -> Finding:
    now = "" if each.before is None else "now "
    says = way.path.says.replace("can ", f"can {now}", 1)
    unsure = "" if way.certainty is Certainty.CERTAIN else f" ({way.certainty})"
    return Finding(
        rule="gained-escalation",
        says=f"{each.principal} {says}: {' and '.join(way.path.actions)} on {way.on}{unsure}",
        severity=way.severity,
        certainty=way.certainty,
        principal=each.principal,
        because=way.because,
        given=way.given,
    )

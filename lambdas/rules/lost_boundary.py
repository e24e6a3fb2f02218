"""A user or role lost its permissions boundary, or got one that allows more.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
"""

from collections.abc import Iterator
from dataclasses import replace

from lambdas.model.case import Case
from lambdas.model.finding import Certainty, Finding
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, Unknown
from lambdas.model.subject import Subject
from lambdas.policy.administrator import GRANTS, REACH
from lambdas.policy.covering import covered
from lambdas.policy.document import Document, Effect
from lambdas.policy.evaluate import decide_general
from lambdas.policy.power import Power, Source
from lambdas.rules.rule import CannotJudgeError, powers


def lost_boundary(case: Case) -> Iterator[Finding]:
    """Every affected principal whose boundary is gone, or allows what the former one did not.

    Raises:
        CannotJudgeError: the boundary before is not known, and the call took one away.
    """
    for each in powers(case):
        if each.after.arn is None:
            continue
        if isinstance(case.before, Unknown):
            _check_untouched(case, each.principal)
        elif each.was is not None and each.was.boundary_arn is not None:
            yield from _found(each.principal, each.was, each.after)


def _check_untouched(case: Case, principal: Subject) -> None:
    removed = any(
        (edit.part, edit.key, edit.value) == (Part.BOUNDARY, ONLY, None)
        for edit in case.change.edits
    )
    if removed and case.change.subject == principal:
        raise CannotJudgeError(f"the permissions boundary that {principal} had is not known")


def _found(principal: Subject, before: Power, after: Power) -> Iterator[Finding]:
    was = f"permissions boundary {before.boundary_arn} before"
    if after.boundary_arn is None:
        says = f"{principal} no longer has a permissions boundary"
        yield _finding(principal, says, Severity.HIGH, (was,))
    elif before.boundary is None or after.boundary is None:
        if before.boundary_arn != after.boundary_arn:
            says = f"{principal} has another permissions boundary, which may allow more"
            because = (was, f"permissions boundary {after.boundary_arn} now")
            yield _finding(principal, says, Severity.MEDIUM, because, Certainty.POSSIBLE)
    elif opened := _opened(after, before.boundary, after.boundary):
        says = f"{principal} has a permissions boundary that now allows {opened[0]}"
        yield _finding(principal, says, Severity.HIGH, (opened[1],))
    elif not _narrower(after.boundary.document, before.boundary.document):
        says = f"{principal} has a permissions boundary that may allow more than the former one"
        yield _finding(principal, says, Severity.LOW, (was,), Certainty.POSSIBLE)


def _opened(power: Power, before: Source, after: Source) -> tuple[str, str] | None:
    """The first of an administrator's calls that only the new boundary allows, and why."""
    by_old = replace(power, identity=(before,), boundary=None)
    by_new = replace(power, identity=(after,), boundary=None)
    own = {"partition": power.partition, "account": power.account}
    for probe in (*GRANTS, *REACH):
        resource = probe.resource.format_map(own)
        allowed = decide_general(by_new, probe.action, resource)
        if allowed.answer > decide_general(by_old, probe.action, resource).answer:
            return probe.action, allowed.because[0]
    return None


def _narrower(inner: Document, outer: Document) -> bool:
    """Whether all that the inner allows the outer does too, and denies no more than the inner."""
    allows, wide = ([s for s in d.statements if s.effect is Effect.ALLOW] for d in (inner, outer))
    kept, denies = ([s for s in d.statements if s.effect is Effect.DENY] for d in (inner, outer))
    return all(covered(s, wide) for s in allows) and all(covered(s, kept) for s in denies)


def _finding(
    principal: Subject,
    says: str,
    severity: Severity,
    because: tuple[str, ...],
    certainty: Certainty = Certainty.CERTAIN,
) -> Finding:
    return Finding(
        rule="lost-boundary",
        says=says,
        severity=severity,
        certainty=certainty,
        principal=principal,
        because=because,
    )

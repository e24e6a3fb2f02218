"""A user lost an MFA device: without one, its password alone lets anybody in.

Only a device that was deactivated can be deleted, so deleting one is not the loss.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html
"""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.change import Lifecycle
from lambdas.model.finding import Certainty, Finding
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from lambdas.policy.administrator import administrator
from lambdas.policy.evaluate import Answer
from lambdas.policy.power import compose


def lost_second_factor(case: Case) -> Iterator[Finding]:
    """An MFA device that is not enabled after the change, graver where none is left."""
    holder = case.change.subject
    if holder is None or case.change.lifecycle is Lifecycle.CREATED:
        return
    if holder.kind is Kind.MFA_DEVICE:
        says = f"{holder} was deleted; it had been deactivated before"
        yield _finding(case, says, Severity.LOW)
    elif _lost(case, holder):
        yield _loss(case, holder)


def _lost(case: Case, holder: Subject) -> bool:
    """Whether the call deactivated a device that is not there again."""
    after = case.after.of(holder)
    return any(
        (edit.part, edit.value) == (Part.MFA_DEVICES, None)
        and (after is None or after.value(edit.part, edit.key) is None)
        for edit in case.change.edits
    )


def _loss(case: Case, holder: Subject) -> Finding:
    if holder.kind is Kind.ROOT:
        return _finding(case, "the root user lost an MFA device", Severity.CRITICAL)
    after = case.after.of(holder)
    left = after.parts.get(Part.MFA_DEVICES, {}) if after else {}
    if left:
        says = f"{holder} lost an MFA device and has {len(left)} left"
        return _finding(case, says, Severity.MEDIUM)
    unread, unsure = _unread(case, holder), ""
    if unread:
        unsure = ", as far as could be read"
    if _is_open(case, holder):
        says = f"{holder}, an administrator, lost its last MFA device{unsure}"
        return _finding(case, says, Severity.CRITICAL, possible=unread)
    says = f"{holder} lost its last MFA device{unsure}"
    return _finding(case, says, Severity.HIGH, possible=unread)


def _unread(case: Case, holder: Subject) -> bool:
    """Whether a device that is left may have been missed: what was not read looks empty here."""
    after = case.after.of(holder)
    failed = any(problem.severity >= Severity.HIGH for problem in case.after.problems)
    return failed or after is None or Part.MFA_DEVICES not in after.parts


def _is_open(case: Case, holder: Subject) -> bool:
    """Whether an administrator's password is all that is asked for, or may be."""
    after = case.after.of(holder)
    logins = after.parts.get(Part.LOGIN_PROFILE) if after else None
    if logins is not None and ONLY not in logins:
        return False
    return administrator(compose(holder, case.after)).answer is Answer.ALLOWED


def _finding(case: Case, says: str, severity: Severity, *, possible: bool = False) -> Finding:
    return Finding(
        rule="lost-second-factor",
        says=says,
        severity=severity,
        certainty=Certainty.POSSIBLE if possible else Certainty.CERTAIN,
        principal=case.change.subject,
    )

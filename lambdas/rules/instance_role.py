"""The role of an instance profile changed: who can use an instance with it acts as that role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
"""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.change import Edit, Lifecycle
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.state import Part, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.policy.administrator import administrator
from lambdas.policy.evaluate import Answer
from lambdas.policy.power import compose

_RULE = "instance-role"


def instance_role(case: Case) -> Iterator[Finding]:
    """A role that instances get, graver where it is an administrator; one that they lose."""
    profile = case.change.subject
    if profile is None or profile.kind is not Kind.INSTANCE_PROFILE:
        return
    if case.change.lifecycle is Lifecycle.DELETED:
        yield Finding(rule=_RULE, says=f"{profile} was deleted", severity=Severity.LOW)
    for edit in case.change.edits:
        if edit.part is Part.ROLE and _is_new(case, profile, edit):
            yield _lost(profile) if edit.value is None else _got(case, profile, edit.value)


def _is_new(case: Case, profile: Subject, edit: Edit) -> bool:
    """Whether it is so now, and is not known to have been so before."""
    after = case.after.of(profile)
    former = None if isinstance(case.before, Unknown) else case.before.of(profile)
    holds = after is None or edit.shown_by(after)
    return holds and not (former and edit.shown_by(former))


def _got(case: Case, profile: Subject, name: str) -> Finding:
    role = Subject(Kind.ROLE, name)
    power = administrator(compose(role, case.after))
    grave = power.answer is Answer.ALLOWED
    return Finding(
        rule=_RULE,
        says=f"instances with {profile} act as {role}{', an administrator' if grave else ''}",
        severity=Severity.CRITICAL if grave else Severity.HIGH,
        principal=role,
        because=power.because if grave else (),
    )


def _lost(profile: Subject) -> Finding:
    says = f"instances with {profile} act as no role any more"
    return Finding(rule=_RULE, says=says, severity=Severity.LOW)

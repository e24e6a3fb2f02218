"""A role that an AWS service has for itself was made, or is to be deleted.

What it may do AWS alone says, and only the service can use it, so that nobody gains by one. Without
it a service stops; some of these are those that watch the account.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity

_PREFIX = "AWSServiceRoleFor"
_WATCHING = tuple(
    f"{_PREFIX}{service}"
    for service in ("AmazonGuardDuty", "CloudTrail", "Config", "Organizations")
)
"""How the names of those roles begin by which services watch and guard the account."""


def service_linked_role(case: Case) -> Iterator[Finding]:
    """Every call that makes such a role or asks for its deletion."""
    role = case.change.subject
    if role is None:
        return
    if case.change.call == "iam:CreateServiceLinkedRole":
        yield _finding(f"{role}, which only its service can use, was made", Severity.LOW)
    elif case.change.call == "iam:DeleteServiceLinkedRole":
        watching = role.name.startswith(_WATCHING)
        what = "a service that guards the account" if watching else "its service"
        severity = Severity.HIGH if watching else Severity.MEDIUM
        yield _finding(f"{role}, by which {what} works, is to be deleted", severity)


def _finding(says: str, severity: Severity) -> Finding:
    return Finding(rule="service-linked-role", says=says, severity=severity)

"""A provider of a product asks for access to the account for a while, or was given it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html
"""

from collections.abc import Iterator, Mapping

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.rules.doing import done

_FOUND: Mapping[str, tuple[Severity, str]] = {
    "iam:CreateDelegationRequest": (Severity.MEDIUM, "{} asks for access to the account"),
    "iam:AssociateDelegationRequest": (Severity.LOW, "{} has an owner now who may accept it"),
    "iam:UpdateDelegationRequest": (Severity.LOW, "{} now waits to be approved"),
    "iam:AcceptDelegationRequest": (Severity.HIGH, "{} was accepted: it is to give access"),
    "iam:SendDelegationToken": (Severity.CRITICAL, "{} now gives access: its token was sent"),
}
"""A call -> how grave it is, and what it means."""


def delegated_access(case: Case) -> Iterator[Finding]:
    """Each step towards access for a provider, unless it was rejected meanwhile."""
    found = _FOUND.get(case.change.call)
    if found is None or case.change.subject is None:
        return
    if not case.change.edits or any(done(case)):
        severity, says = found
        yield Finding(
            rule="delegated-access", says=says.format(case.change.subject), severity=severity
        )

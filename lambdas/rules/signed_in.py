"""Somebody signed in to the console as nobody should: as the root user, or without MFA.

https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
"""

from collections.abc import Iterator, Mapping

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind

_SIGN_IN = "signin:ConsoleLogin"
_MFA = {True: "with MFA", False: "without MFA", None: "with MFA or without, the event does not say"}
_PASSWORD: Mapping[str, tuple[Severity, str]] = {
    "signin:PasswordRecoveryRequested": (
        Severity.HIGH,
        "a new password of {} was asked for by e-mail",
    ),
    "signin:PasswordRecoveryCompleted": (
        Severity.CRITICAL,
        "{} has a new password, asked for by e-mail",
    ),
    "signin:PasswordUpdated": (Severity.HIGH, "the password of {} was changed"),
}
"""https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html"""
_NO_MFA: Mapping[bool | None, Severity] = {False: Severity.MEDIUM, None: Severity.LOW}
"""Whether a user had MFA -> how grave that is; nobody minds who had."""


def signed_in(case: Case) -> Iterator[Finding]:
    """A sign-in as root, one of a user without MFA, or a password of root that is another now.

    Of roles' sessions, whom an identity provider vouched for, AWS does not know how they signed in.
    """
    change = case.change
    if change.call in _PASSWORD:
        severity, says = _PASSWORD[change.call]
        yield _finding(severity, says.format(change.actor.name))
    if change.call != _SIGN_IN or change.subject is None:
        return
    if change.subject.kind is Kind.ROOT:
        yield _finding(Severity.CRITICAL, f"the root user signed in, {_MFA[change.actor.mfa]}")
    elif change.subject.kind is Kind.USER and change.actor.mfa in _NO_MFA:
        says = f"{change.subject} signed in, {_MFA[change.actor.mfa]}"
        yield _finding(_NO_MFA[change.actor.mfa], says)


def _finding(severity: Severity, says: str) -> Finding:
    return Finding(rule="signed-in", says=says, severity=severity)

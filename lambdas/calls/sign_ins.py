"""Sign-ins to the console, and passwords of the root user: what leaves no state behind.

CloudTrail records them where the person signed in, which need not be the region of IAM's calls.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
"""

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import SIGN_IN, Scope, Target, WatchedCall, Where
from lambdas.model.arn import Arn
from lambdas.model.family import Family
from lambdas.model.subject import Kind, Subject

_OVER = "it has happened: whoever it was is signed in, or has the new password"
NAMES = (
    "ConsoleLogin",
    "PasswordRecoveryRequested",
    "PasswordRecoveryCompleted",
    "PasswordUpdated",
)


def _whoever(_: Parameters, where: Where) -> Target:
    """Who signed in: a user, the root user or a role; else all that is known is the account."""
    return _user(where) or _role(where) or Subject(Kind.ACCOUNT, where.account), ()


def _user(where: Where) -> Subject | None:
    return where.actor.user_in(where.account) if where.actor else None


def _role(where: Where) -> Subject | None:
    arn = Arn.parse(where.actor.arn or "") if where.actor else None
    is_ours = arn is not None and arn.account == where.account
    return Subject(Kind.ROLE, arn.name) if arn and is_ours and _is_role(arn) else None


def _is_role(arn: Arn) -> bool:
    return arn.resource.startswith("role/")


CALLS = tuple(
    WatchedCall(
        source=SIGN_IN,
        name=name,
        family=Family.CREDENTIALS,
        scope=Scope.CALLED,
        kind=Kind.USER,
        parse=_whoever,
        irreversible=_OVER,
        answered=True,
        stateless=True,
    )
    for name in NAMES
)

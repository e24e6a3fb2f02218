"""Actors: who made a call."""

from dataclasses import dataclass

from lambdas.model.arn import Arn
from lambdas.model.subject import Kind, Subject

_ROOT = "root"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who called, from CloudTrail's userIdentity element.

    ``arn`` is the user's or the issuing role's ARN, never the session's: whoever assumes a role
    chooses the session's name. ``mfa`` is None where CloudTrail does not say.
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """

    kind: str
    arn: str | None = None
    account: str | None = None
    session: str | None = None
    mfa: bool | None = None
    invoked_by: str | None = None
    """The AWS service that made the call on somebody's behalf."""
    source_address: str | None = None
    """An IP address, or a service's DNS name."""
    user_agent: str | None = None

    def __str__(self) -> str:
        return self.arn or self.invoked_by or f"an actor of type {self.kind}"

    @property
    def name(self) -> str:
        """The actor in two words, as subjects are named; all that is known of it where it is none.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
        """
        arn = Arn.parse(self.arn or "")
        kind, _, name = arn.resource.partition("/") if arn else ("", "", "")
        if kind == _ROOT:
            return "the root user"
        return f"{kind} {name.rpartition('/')[2]}" if name else str(self)

    def user_in(self, account: str) -> Subject | None:
        """The user of the account that the actor is, the root user included.

        None where it is none, as a role's session never is, or where that is not said.
        """
        arn = Arn.parse(self.arn or "")
        if arn is None or arn.account != account:
            return None
        if arn.resource == _ROOT:
            return Subject(Kind.ROOT, account)
        return Subject(Kind.USER, arn.name) if arn.resource.startswith("user/") else None

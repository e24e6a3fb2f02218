"""Actors: who made a call."""

from dataclasses import dataclass


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

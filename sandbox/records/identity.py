"""The userIdentity element: who called.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

from datetime import UTC, datetime
from typing import Any

from sandbox.calls.caller import Caller, Kind


def user_identity(caller: Caller) -> dict[str, Any]:
    """The element for a user, a session of a role, or the root user."""
    identity: dict[str, Any] = {
        "type": caller.kind.value,
        "principalId": caller.principal_id,
        "arn": caller.arn,
        "accountId": caller.account,
        "accessKeyId": caller.access_key,
    }
    if caller.kind is Kind.USER:
        identity["userName"] = caller.name
    if caller.kind is Kind.ROLE:
        identity["sessionContext"] = _session(caller)
    return identity


def _session(caller: Caller) -> dict[str, Any]:
    return {
        "sessionIssuer": {
            "type": "Role",
            "principalId": caller.principal_id.partition(":")[0],
            "arn": caller.principal_arn,
            "accountId": caller.account,
            "userName": caller.name,
        },
        "attributes": {
            "creationDate": stamp(caller.since or datetime.now(UTC)),
            "mfaAuthenticated": "false",
        },
    }


def stamp(at: datetime) -> str:
    """A moment as CloudTrail writes it: UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")

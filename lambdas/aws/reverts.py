"""Reverts: the one place where Snapback changes the account."""

from collections.abc import Callable

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from lambdas.aws import clients
from lambdas.aws.reads import code, reason
from lambdas.model.revert import Call
from lambdas.service.ports import CallFailedError

# DeleteConflict, too: what was detached just before may still count as attached, and what somebody
# has added since is found, and taken away first, by the next try.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html
_TRANSIENT = frozenset(
    {
        "ConcurrentModification",
        "ConflictException",
        "DeleteConflict",
        "EntityTemporarilyUnmodifiable",
        "InternalFailure",
        "RequestLimitExceeded",
        "RequestTimeout",
        "ServiceFailure",
        "ServiceUnavailable",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
_GONE = frozenset({"NoSuchEntity"})
_SERVER_ERROR = 500
_UNKNOWN = "the SDK of the function's runtime is older than this operation"

_CLIENTS: dict[str, Callable[[str], object]] = {
    "iam": lambda _: clients.iam(),
    "cloudtrail": clients.cloudtrail,
}


class LiveReverts:
    """The live account, written to."""

    def make(self, call: Call) -> None:
        """Make one call in its region; see the port."""
        client = _CLIENTS[call.service](call.region)
        method = getattr(client, xform_name(call.operation), None)
        if method is None:
            raise CallFailedError(call, _UNKNOWN, transient=False, gone=False)
        try:
            method(**call.parameters)
        except (ClientError, BotoCoreError) as error:
            raise CallFailedError(
                call,
                reason(error),
                transient=_transient(error),
                gone=code(error) in _GONE and call.takes_away,
            ) from error


def _transient(error: Exception) -> bool:
    if not isinstance(error, ClientError):
        return not isinstance(error, ParamValidationError)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return code(error) in _TRANSIENT or status >= _SERVER_ERROR

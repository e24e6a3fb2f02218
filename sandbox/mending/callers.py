"""GetCallerIdentity: who calls, as the front door knows it; moto does not know the root user.

https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
"""

from moto.core.responses import ActionResult
from moto.sts.responses import TokenResponse

from sandbox.calls.caller import find
from sandbox.mending.patch import Patch


def _identity(response: TokenResponse) -> ActionResult:
    caller = find(response.current_account, response.get_access_key())
    result = {"UserId": caller.principal_id, "Account": caller.account, "Arn": caller.arn}
    return ActionResult(result)


PATCHES = (Patch(TokenResponse, "get_caller_identity", _identity),)
"""Users, sessions and the root user alike."""

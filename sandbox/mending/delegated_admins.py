"""CloudTrail's delegated administrators, which moto does not have; it knows no organisation.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_RegisterOrganizationDelegatedAdmin.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeregisterOrganizationDelegatedAdmin.html
"""

import json

from moto.cloudtrail.models import CloudTrailBackend
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

from sandbox.mending.patch import Patch


class _Error(JsonRESTError):  # type: ignore[misc]  # moto publishes no types
    code = 400


def _held(state: CloudTrailBackend) -> set[str]:
    """The ids of the accounts; moto's regions have no place for them."""
    held: set[str] = state.__dict__.setdefault("delegated_admins", set())
    return held


def _register(response: CloudTrailResponse) -> str:
    member = json.loads(response.body)["MemberAccountId"]
    held = _held(response.cloudtrail_backend)
    if member in held:
        raise _Error("AccountRegisteredException", f"{member} is registered already.")
    held.add(member)
    return "{}"


def _deregister(response: CloudTrailResponse) -> str:
    member = json.loads(response.body)["DelegatedAdminAccountId"]
    held = _held(response.cloudtrail_backend)
    if member not in held:
        raise _Error("AccountNotRegisteredException", f"{member} is not registered.")
    held.remove(member)
    return "{}"


PATCHES = (
    Patch(CloudTrailResponse, "register_organization_delegated_admin", _register),
    Patch(CloudTrailResponse, "deregister_organization_delegated_admin", _deregister),
)
"""Both operations, for any account id: that of the organisation's members is not checked."""

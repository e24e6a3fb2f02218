"""IAM's answers: documents encoded wherever they appear, and boundaries shown where AWS does.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
"""

from urllib.parse import quote

from moto.core.serialize import never_return, return_if_not_empty
from moto.iam.responses import IamResponse

from sandbox.calls import root
from sandbox.mending.patch import Patch


def encoded(text: str | None) -> str | None:
    """A document as IAM returns it: URL-encoded compliant with RFC 3986."""
    return None if text is None else quote(text, safe="")


_DOCUMENTS = (
    "CreateRoleResponse.Role.AssumeRolePolicyDocument",
    "CreateServiceLinkedRoleResponse.Role.AssumeRolePolicyDocument",
    "GetGroupPolicyResponse.PolicyDocument",
    "GetPolicyVersionResponse.PolicyVersion.Document",
    "GetRolePolicyResponse.PolicyDocument",
    "GetRoleResponse.Role.AssumeRolePolicyDocument",
    "GetUserPolicyResponse.PolicyDocument",
    "ListRolesResponse.Roles.Role.AssumeRolePolicyDocument",
    "UpdateRoleDescriptionResponse.Role.AssumeRolePolicyDocument",
)

_HIDDEN = (
    "CreateRoleResponse.Role.MaxSessionDuration",
    "CreateServiceLinkedRoleResponse.Role.Description",
    "CreateServiceLinkedRoleResponse.Role.MaxSessionDuration",
    "CreatePolicyVersionResponse.PolicyVersion.Document",
    "ListPolicyVersionsResponse.Versions.PolicyVersion.Document",
    "ListUsersResponse.Users.User.PermissionsBoundary",
)

_IF_ANY = (
    "CreateServiceLinkedRoleResponse.Role.Tags",
    "CreateUserResponse.User.PermissionsBoundary",
    "GetUserResponse.User.PermissionsBoundary",
)

_USER_NAMES = (
    "CreateAccessKeyResponse.AccessKey.UserName",
    "ListAccessKeysResponse.AccessKeyMetadata.AccessKeyMetadata.UserName",
    "ListMFADevicesResponse.MFADevices.MFADevice.UserName",
)


def _of_user(name: str) -> str | None:
    """The root user has no user name."""
    return None if name == root.NAME else name


_SHOWN = {
    **IamResponse.RESPONSE_KEY_PATH_TO_TRANSFORMER,
    **dict.fromkeys(_DOCUMENTS, encoded),
    **dict.fromkeys(_HIDDEN, never_return),
    **dict.fromkeys(_IF_ANY, return_if_not_empty),
    **dict.fromkeys(_USER_NAMES, _of_user),
}

PATCHES = (Patch(IamResponse, "RESPONSE_KEY_PATH_TO_TRANSFORMER", _SHOWN),)
"""The table by which moto writes IAM's answers, completed."""

"""Which actions and resources IAM's and STS's calls need.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from collections.abc import Callable, Mapping
from typing import Any

from moto.iam.models import Group, Role, User, iam_backends

from sandbox.gate.needs.need import Need
from sandbox.gate.needs.where import Where

Parameters = Mapping[str, Any]
Row = Callable[[Parameters, Where], tuple[Need, ...]]

_PARAMETER = {"user": "UserName", "role": "RoleName", "group": "GroupName"}

_ON = {
    "user": (
        "AttachUserPolicy CreateAccessKey CreateLoginProfile DeleteAccessKey DeleteLoginProfile "
        "DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy DetachUserPolicy "
        "GetLoginProfile GetUser GetUserPolicy ListAccessKeys "
        "ListAttachedUserPolicies ListGroupsForUser ListMFADevices ListUserPolicies ListUserTags "
        "PutUserPermissionsBoundary PutUserPolicy TagUser UntagUser UpdateAccessKey "
        "UpdateLoginProfile UpdateUser"
    ),
    "role": (
        "AttachRolePolicy DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy "
        "DetachRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies "
        "ListRoleTags PutRolePermissionsBoundary PutRolePolicy TagRole UntagRole "
        "UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription"
    ),
    "group": (
        "AddUserToGroup AttachGroupPolicy DeleteGroup DeleteGroupPolicy DetachGroupPolicy "
        "GetGroup GetGroupPolicy ListAttachedGroupPolicies ListGroupPolicies PutGroupPolicy "
        "RemoveUserFromGroup UpdateGroup"
    ),
    "policy": (
        "CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion "
        "ListEntitiesForPolicy ListPolicyTags ListPolicyVersions SetDefaultPolicyVersion "
        "TagPolicy UntagPolicy"
    ),
    "nothing": (
        "GenerateCredentialReport GetAccountAuthorizationDetails GetAccountPasswordPolicy "
        "GetAccountSummary GetCredentialReport ListAccountAliases ListGroups ListPolicies "
        "ListRoles ListUsers ListVirtualMFADevices"
    ),
}
"""Kind of resource -> the operations whose action is on a resource of that kind."""

_BOUNDED = frozenset(
    {
        "AttachRolePolicy",
        "AttachUserPolicy",
        "DeleteRole",
        "DeleteRolePermissionsBoundary",
        "DeleteRolePolicy",
        "DeleteUserPermissionsBoundary",
        "DeleteUserPolicy",
        "DetachRolePolicy",
        "DetachUserPolicy",
        "PutRolePolicy",
        "PutUserPolicy",
        "UpdateAssumeRolePolicy",
        "UpdateRole",
    }
)
"""Where ``iam:PermissionsBoundary`` is the boundary that the target has."""


def _row(kind: str, operation: str) -> Row:
    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        resource, target = _resource(kind, parameters, where)
        keys = {
            "iam:policyarn": parameters.get("PolicyArn") if "tach" in operation else None,
            "iam:permissionsboundary": _boundary(operation, parameters, target),
        }
        context = {key: value for key, value in keys.items() if value is not None}
        return (Need(f"iam:{operation}", resource, context),)

    return needs


def _resource(
    kind: str, parameters: Parameters, where: Where
) -> tuple[str, User | Role | Group | None]:
    if kind == "nothing":
        return "*", None
    if kind == "policy":
        return parameters["PolicyArn"], None
    name = parameters[_PARAMETER[kind]]
    target = _held(kind, name, where)
    # Of what does not exist there is no path: IAM then decides on the plain name.
    return (target.arn if target else where.iam(f"{kind}/{name}")), target


def _held(kind: str, name: str, where: Where) -> User | Role | Group | None:
    state = iam_backends[where.account]["aws"]
    held: dict[str, Mapping[str, Any]] = {
        "user": {user.name: user for user in list(state.users.values())},
        "role": {role.name: role for role in list(state.roles.values())},
        "group": {group.name: group for group in list(state.groups.values())},
    }
    return held[kind].get(name)


def _boundary(operation: str, parameters: Parameters, target: Any) -> str | None:
    if operation in _BOUNDED:
        return getattr(target, "permissions_boundary_arn", None) or None
    return parameters.get("PermissionsBoundary")


def _created(kind: str, operation: str) -> Row:
    """A new resource has the path that was asked for."""

    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        path = parameters.get("Path", "/")
        name = parameters[_PARAMETER.get(kind, "PolicyName")]
        boundary = parameters.get("PermissionsBoundary")
        context = {} if boundary is None else {"iam:permissionsboundary": boundary}
        return (Need(f"iam:{operation}", where.iam(f"{kind}{path}{name}"), context),)

    return needs


def _none(_: Parameters, __: Where) -> tuple[Need, ...]:
    """GetCallerIdentity needs no permission, and no Deny takes it away.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    """
    return ()


ROWS: dict[tuple[str, str], Row] = {
    **{("iam", name): _row(kind, name) for kind, names in _ON.items() for name in names.split()},
    **{
        ("iam", f"Create{kind.capitalize()}"): _created(kind, f"Create{kind.capitalize()}")
        for kind in ("user", "role", "group", "policy")
    },
    ("sts", "GetCallerIdentity"): _none,
}
"""(service, operation) -> what it needs."""

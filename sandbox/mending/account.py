"""GetAccountAuthorizationDetails: moto gives inline policies without names, and never in pages.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.models import Group, IAMBackend, InstanceProfile, ManagedPolicy, Role, User
from moto.iam.responses import IamResponse

from sandbox.mending.answers import encoded
from sandbox.mending.patch import Patch

_PAGE = 100
"""Items in a page where MaxItems is not given."""

_LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")

Detail = tuple[str, dict[str, Any]]


def _details(response: IamResponse) -> ActionResult:
    wanted = set(response._get_param("Filter", []))  # noqa: SLF001  # as moto's own handlers do
    size = int(response._get_param("MaxItems", _PAGE))  # noqa: SLF001  # see above
    start = int(response._get_param("Marker", "0"))  # noqa: SLF001  # see above
    found = list(_everything(response.backend, wanted))
    page, rest = found[start : start + size], found[start + size :]
    result: dict[str, Any] = {name: [d for kind, d in page if kind == name] for name in _LISTS}
    result["IsTruncated"] = bool(rest)
    if rest:
        result["Marker"] = str(start + size)
    return ActionResult(result)


def _everything(state: IAMBackend, wanted: set[str]) -> Iterable[Detail]:
    """All details in the order of AWS's lists; an empty filter wants everything."""
    kinds: tuple[tuple[str, Iterable[Detail]], ...] = (
        ("User", _each("UserDetailList", state.users, _user)),
        ("Group", _each("GroupDetailList", state.groups, _group)),
        ("Role", _each("RoleDetailList", state.roles, _role)),
        ("LocalManagedPolicy", _policies(state, aws=False)),
        ("AWSManagedPolicy", _policies(state, aws=True)),
    )
    for kind, details in kinds:
        if not wanted or kind in wanted:
            yield from details


def _each(
    name: str, held: Mapping[str, Any], shown: Callable[[Any], dict[str, Any]]
) -> Iterable[Detail]:
    return ((name, shown(each)) for each in list(held.values()))


def _policies(state: IAMBackend, *, aws: bool) -> Iterable[Detail]:
    """Customer managed policies, or those of AWS's that somebody has."""
    bounding = _bounding(state)
    for policy in list(state.managed_policies.values()):
        owned_by_aws = policy.arn.split(":")[4] == "aws"
        used = policy.attachment_count or bounding[policy.arn]
        if owned_by_aws is aws and (used or not aws):
            yield "Policies", _policy(policy, bounding[policy.arn])


def _bounding(state: IAMBackend) -> Counter[str]:
    """How many principals each policy bounds: counted once, as there are many policies."""
    principals = (*list(state.users.values()), *list(state.roles.values()))
    return Counter(each.permissions_boundary_arn for each in principals)


def _user(user: User) -> dict[str, Any]:
    return {
        **_named("User", user),
        "UserPolicyList": _inline(user),
        "GroupList": user.group_list,
        **_bounded(user),
        **_tagged(user),
    }


def _group(group: Group) -> dict[str, Any]:
    return {**_named("Group", group), "GroupPolicyList": _inline(group)}


def _role(role: Role) -> dict[str, Any]:
    return {
        **_named("Role", role),
        "AssumeRolePolicyDocument": encoded(role.assume_role_policy_document),
        "InstanceProfileList": [_profile(each) for each in role.instance_profile_list],
        "RolePolicyList": _inline(role),
        **_bounded(role),
        **_tagged(role),
    }


def _named(kind: str, holder: User | Group | Role) -> dict[str, Any]:
    return {
        "Path": holder.path,
        f"{kind}Name": holder.name,
        f"{kind}Id": holder.id,
        "Arn": holder.arn,
        "CreateDate": holder.create_date,
        "AttachedManagedPolicies": holder.attached_managed_policies,
    }


def _profile(profile: InstanceProfile) -> dict[str, Any]:
    """Without the roles, which moto would write unencoded: this profile is listed under its own."""
    return {
        "Path": profile.path,
        "InstanceProfileName": profile.name,
        "InstanceProfileId": profile.id,
        "Arn": profile.arn,
        "CreateDate": profile.create_date,
        "Roles": [],
    }


def _policy(policy: ManagedPolicy, bounding: int) -> dict[str, Any]:
    return {
        "PolicyName": policy.name,
        "PolicyId": policy.id,
        "Arn": policy.arn,
        "Path": policy.path,
        "DefaultVersionId": policy.default_version_id,
        "AttachmentCount": policy.attachment_count,
        "PermissionsBoundaryUsageCount": bounding,
        "IsAttachable": True,
        "CreateDate": policy.create_date,
        "UpdateDate": policy.update_date,
        "PolicyVersionList": [
            {
                "Document": encoded(version.document),
                "VersionId": version.version_id,
                "IsDefaultVersion": version.version_id == policy.default_version_id,
                "CreateDate": version.create_date,
            }
            for version in policy.versions
        ],
    }


def _inline(holder: User | Group | Role) -> list[dict[str, Any]]:
    return [
        {"PolicyName": name, "PolicyDocument": encoded(text)}
        for name, text in list(holder.policies.items())
    ]


def _bounded(principal: User | Role) -> dict[str, Any]:
    boundary = principal.permissions_boundary
    return {"PermissionsBoundary": boundary} if boundary else {}


def _tagged(principal: User | Role) -> dict[str, Any]:
    return {"Tags": principal.tags} if principal.tags else {}


PATCHES = (Patch(IamResponse, "get_account_authorization_details", _details),)
"""The whole operation, written anew."""

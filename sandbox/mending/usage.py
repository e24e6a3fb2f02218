"""Who uses a policy: those it is attached to, and those that it bounds, whom moto leaves out.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from moto.core.responses import ActionResult
from moto.iam.models import Group, IAMBackend, ManagedPolicy, Role, User, iam_backends
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

Entity: TypeAlias = User | Group | Role

_PAGE = 100
"""Items in a page where MaxItems is not given."""

_LISTS = {"Group": "PolicyGroups", "User": "PolicyUsers", "Role": "PolicyRoles"}
"""EntityFilter -> the list of the answer."""


def bounded_by(state: IAMBackend, arn: str) -> list[User | Role]:
    """The users and roles whose permissions boundary is this policy."""
    principals = (*list(state.users.values()), *list(state.roles.values()))
    return [each for each in principals if each.permissions_boundary_arn == arn]


def _count(policy: ManagedPolicy) -> int:
    return len(bounded_by(iam_backends[policy.account_id][policy.partition], policy.arn))


def _entities(response: IamResponse) -> ActionResult:
    read = response._get_param  # noqa: SLF001  # as moto's own handlers do
    size, start = int(read("MaxItems", _PAGE)), int(read("Marker", "0"))
    state, arn = response.backend, read("PolicyArn")
    state.get_policy(arn)
    found = [
        (_LISTS[kind], entity)
        for kind, entity in _using(state, arn, read("PolicyUsageFilter"))
        if read("EntityFilter", kind) not in _LISTS or read("EntityFilter", kind) == kind
        if entity.path.startswith(read("PathPrefix", "/"))
    ]
    page, rest = found[start : start + size], found[start + size :]
    result: dict[str, Any] = {
        name: [entity for kind, entity in page if kind == name] for name in _LISTS.values()
    }
    more = {"Marker": str(start + size)} if rest else {}
    return ActionResult({**result, "IsTruncated": bool(rest), **more})


def _using(state: IAMBackend, arn: str, usage: str | None) -> Iterable[tuple[str, Entity]]:
    """Everyone once, even who has the policy in both ways."""
    bounded = bounded_by(state, arn) if usage != "PermissionsPolicy" else []
    for kind, held in (("Group", state.groups), ("User", state.users), ("Role", state.roles)):
        for entity in list(held.values()):
            attached = usage != "PermissionsBoundary" and arn in entity.managed_policies
            if attached or entity in bounded:
                yield kind, entity


PATCHES = (
    Patch(IamResponse, "list_entities_for_policy", _entities),
    Patch(ManagedPolicy, "permissions_boundary_usage_count", property(_count)),
)
"""The whole operation, written anew; and the count that policies are shown with."""

"""Permissions boundaries: users', which moto does not have, and only of policies that exist.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html
"""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.exceptions import NoSuchEntity
from moto.iam.models import Role, User
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

_create_user: Any = IamResponse.create_user


def _shown(principal: User | Role) -> dict[str, str] | None:
    """The type is ``Policy``, whatever the value that the model lists.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachedPermissionsBoundary.html
    """
    arn = principal.permissions_boundary_arn
    return {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn} if arn else None


def _create(response: IamResponse) -> ActionResult:
    arn = response._get_param("PermissionsBoundary")  # noqa: SLF001  # as moto's own handlers do
    if arn is not None:
        _known(response, arn)
    created: ActionResult = _create_user(response)
    if arn is not None:
        _user(response).permissions_boundary_arn = arn
    return created


def _put(response: IamResponse) -> ActionResult:
    arn = response._get_param("PermissionsBoundary")  # noqa: SLF001  # as moto's own handlers do
    user = _user(response)
    _known(response, arn)
    user.permissions_boundary_arn = arn
    return EmptyResult()


def _delete(response: IamResponse) -> ActionResult:
    _user(response).permissions_boundary_arn = None
    return EmptyResult()


def _checked(
    handler: Callable[[IamResponse], ActionResult],
) -> Callable[[IamResponse], ActionResult]:
    """A role's boundary, too, is a policy that there is."""

    def method(response: IamResponse) -> ActionResult:
        arn = response._get_param("PermissionsBoundary")  # noqa: SLF001  # as moto's own handlers do
        if arn is not None:
            _known(response, arn)
        return handler(response)

    return method


def _user(response: IamResponse) -> User:
    name = response._get_param("UserName")  # noqa: SLF001  # as moto's own handlers do
    return response.backend.get_user(name)


def _known(response: IamResponse, arn: str) -> None:
    if arn not in response.backend.managed_policies:
        raise NoSuchEntity(f"Policy {arn} does not exist or is not attachable.")


PATCHES = (
    Patch(User, "permissions_boundary_arn", None),
    Patch(User, "permissions_boundary", property(_shown)),
    Patch(Role, "permissions_boundary", property(_shown)),
    Patch(IamResponse, "create_role", _checked(IamResponse.create_role)),
    Patch(
        IamResponse,
        "put_role_permissions_boundary",
        _checked(IamResponse.put_role_permissions_boundary),
    ),
    Patch(IamResponse, "create_user", _create),
    Patch(IamResponse, "put_user_permissions_boundary", _put),
    Patch(IamResponse, "delete_user_permissions_boundary", _delete),
)
"""A boundary is kept on the user, shown by GetUser, and set by three operations."""

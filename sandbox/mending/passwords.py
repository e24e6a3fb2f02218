"""Login profiles: with a date of their own, and changed only in what is named.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.iam.exceptions import EntityAlreadyExists, NotFoundException
from moto.iam.models import IAMBackend, User
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch


def _created(response: IamResponse) -> ActionResult:
    read = response._get_param  # noqa: SLF001  # as moto's own handlers do
    user = response.backend.get_user(read("UserName"))
    if user.password is not None:
        raise EntityAlreadyExists(f"Login Profile for user {user.name} already exists.")
    user.password = read("Password", "")
    user.password_reset_required = read("PasswordResetRequired", False)
    user.password_date = utcnow()
    return _shown(user)


def _got(response: IamResponse) -> ActionResult:
    name = response._get_param("UserName")  # noqa: SLF001  # as moto's own handlers do
    return _shown(_with_password(response.backend, name))


def _shown(user: User) -> ActionResult:
    profile: dict[str, Any] = {
        "UserName": user.name,
        "CreateDate": user.password_date,
        "PasswordResetRequired": user.password_reset_required,
    }
    return ActionResult({"LoginProfile": profile})


def _with_password(state: IAMBackend, name: str) -> User:
    user = state.get_user(name)
    if user.password is None:
        raise NotFoundException(f"Login Profile for User {name} cannot be found.")
    return user


def _update(
    state: IAMBackend, user_name: str, password: str | None, password_reset_required: bool | None
) -> User:
    user = _with_password(state, user_name)
    if password is not None:
        user.password = password
    if password_reset_required is not None:
        user.password_reset_required = password_reset_required
    return user


def _delete(state: IAMBackend, user_name: str) -> None:
    user = _with_password(state, user_name)
    user.password, user.password_reset_required = None, False


def _changed(response: IamResponse) -> ActionResult:
    """Whoever calls must know the former one.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html
    """
    read = response._get_param  # noqa: SLF001  # as moto's own handlers do
    user = _with_password(response.backend, read("UserName"))
    if user.password != read("OldPassword"):
        raise NotFoundException("The old password was incorrect.")
    user.password, user.password_reset_required = read("NewPassword"), False
    return EmptyResult()


PATCHES = (
    Patch(IamResponse, "change_password", _changed),
    Patch(IamResponse, "create_login_profile", _created),
    Patch(IamResponse, "get_login_profile", _got),
    Patch(IAMBackend, "update_login_profile", _update),
    Patch(IAMBackend, "delete_login_profile", _delete),
)
"""moto forgets whether a new password is needed, and loses the one that is not changed."""

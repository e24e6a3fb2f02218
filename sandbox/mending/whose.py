"""Whose credentials: where a call names no user, IAM takes the caller.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
"""

from typing import Any

from moto.core.responses import BaseResponse
from moto.iam.exceptions import ValidationError
from moto.iam.models import AccountSummary, IAMBackend, User
from moto.iam.responses import IamResponse

from sandbox.calls import root
from sandbox.calls.caller import Kind, find
from sandbox.mending.patch import Patch

_OF_ROOT = frozenset(
    {
        "CreateAccessKey",
        "DeleteAccessKey",
        "ListAccessKeys",
        "ListMFADevices",
        "UpdateAccessKey",
    }
)
"""The operations that mean the root user where it calls and names nobody."""

_OF_USERS = frozenset(
    {
        "ChangePassword",
        "CreateLoginProfile",
        "DeactivateMFADevice",
        "DeleteLoginProfile",
        "DeleteServiceSpecificCredential",
        "DeleteSigningCertificate",
        "GetLoginProfile",
        "ListSSHPublicKeys",
        "ListServiceSpecificCredentials",
        "ListSigningCertificates",
        "ResetServiceSpecificCredential",
        "UpdateServiceSpecificCredential",
        "UpdateSigningCertificate",
        "UploadSigningCertificate",
    }
)
"""The other operations that need no name."""

_get_param: Any = BaseResponse._get_param  # noqa: SLF001  # a patch names what it patches
_get_user: Any = IAMBackend.get_user
_summary: Any = vars(AccountSummary)["summary_map"].fget


def _param(response: IamResponse, param_name: str, if_none: Any = None) -> Any:
    value = _get_param(response, param_name)
    if value is None and param_name == "UserName":
        value = _caller(response)
    return if_none if value is None else value


def _caller(response: IamResponse) -> str | None:
    """The name of whoever calls, if the operation means the caller.

    Raises:
        ValidationError: a session of a role is nobody's user.
        NotImplementedError: the sandbox has no such credential of the root user.
    """
    operation = response._get_action()  # noqa: SLF001  # as moto's own dispatch does
    if operation not in _OF_ROOT | _OF_USERS:
        return None
    caller = find(response.current_account, response.get_access_key())
    if caller.kind is Kind.ROLE:
        raise ValidationError("Must specify userName when calling with non-User credentials")
    if caller.kind is Kind.ROOT and operation not in _OF_ROOT:
        raise NotImplementedError(f"{operation} of the root user")
    return root.NAME if caller.kind is Kind.ROOT else caller.name


def _user(state: IAMBackend, name: str) -> User:
    user: User = root.root_user(state) if name == root.NAME else _get_user(state, name)
    return user


def _summed(summary: AccountSummary) -> dict[str, Any]:
    keys = root.root_user(summary._iam_backend).access_keys  # noqa: SLF001  # it has no other way
    return {**_summary(summary), "AccountAccessKeysPresent": int(bool(keys))}


PATCHES = (
    Patch(IamResponse, "_get_param", _param),
    Patch(IAMBackend, "get_user", _user),
    Patch(AccountSummary, "summary_map", property(_summed)),
)
"""The root user has access keys of its own; who is not named is the caller."""

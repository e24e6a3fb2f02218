"""Service-specific credentials, which moto lacks: two of a user for each service.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html
"""

from secrets import token_hex
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.iam.exceptions import LimitExceededException, NotFoundException
from moto.iam.models import User
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

_MOST = 2
_SECRETS = ("ServicePassword", "ServiceCredentialSecret")
Credential = dict[str, Any]


def held_by(user: User) -> dict[str, Credential]:
    """A user's credentials by their ids; moto's users have no place for them."""
    held: dict[str, Credential] = user.__dict__.setdefault("service_credentials", {})
    return held


def _user(response: IamResponse) -> User:
    name = response._get_param("UserName")  # noqa: SLF001  # as moto's own handlers do
    user: User = response.backend.get_user(name)
    return user


def _one(response: IamResponse) -> Credential:
    key = response._get_param("ServiceSpecificCredentialId")  # noqa: SLF001  # see above
    credential = held_by(_user(response)).get(key)
    if credential is None:
        raise NotFoundException(f"No such credential {key} exists")
    return credential


def _create(response: IamResponse) -> ActionResult:
    user = _user(response)
    service = response._get_param("ServiceName")  # noqa: SLF001  # see above
    held = held_by(user)
    if sum(each["ServiceName"] == service for each in held.values()) >= _MOST:
        raise LimitExceededException(f"Cannot exceed quota for {service}: {_MOST}")
    made = {
        "CreateDate": utcnow(),
        "ServiceName": service,
        "ServiceUserName": f"{user.name}-at-123456789012",
        "ServicePassword": token_hex(16),
        "ServiceSpecificCredentialId": f"ACCA{token_hex(8).upper()}",
        "Status": "Active",
    }
    held[made["ServiceSpecificCredentialId"]] = made
    return ActionResult({"ServiceSpecificCredential": {**made, "UserName": user.name}})


def _list(response: IamResponse) -> ActionResult:
    user = _user(response)
    service = response._get_param("ServiceName")  # noqa: SLF001  # see above
    listed = [
        {name: value for name, value in each.items() if name not in _SECRETS}
        | {"UserName": user.name}
        for each in held_by(user).values()
        if service in (None, each["ServiceName"])
    ]
    return ActionResult({"ServiceSpecificCredentials": listed, "IsTruncated": False})


def _update(response: IamResponse) -> ActionResult:
    _one(response)["Status"] = response._get_param("Status")  # noqa: SLF001  # see above
    return EmptyResult()


def _reset(response: IamResponse) -> ActionResult:
    credential = _one(response)
    credential["ServicePassword"] = token_hex(16)
    return ActionResult(
        {"ServiceSpecificCredential": {**credential, "UserName": _user(response).name}}
    )


def _delete(response: IamResponse) -> ActionResult:
    held_by(_user(response)).pop(_one(response)["ServiceSpecificCredentialId"])
    return EmptyResult()


PATCHES = (
    Patch(IamResponse, "create_service_specific_credential", _create),
    Patch(IamResponse, "list_service_specific_credentials", _list),
    Patch(IamResponse, "update_service_specific_credential", _update),
    Patch(IamResponse, "reset_service_specific_credential", _reset),
    Patch(IamResponse, "delete_service_specific_credential", _delete),
)
"""The operations as IAM has them; AllUsers is not among what they take."""

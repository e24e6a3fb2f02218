"""Credentials: access keys, console passwords and MFA devices, made, changed and taken away."""

from collections.abc import Mapping
from functools import partial

from lambdas.calls.holders import Parameters, arns, calling
from lambdas.calls.watched import (
    IAM,
    Scope,
    Target,
    UnreadableParametersError,
    WatchedCall,
    Where,
    text,
)
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import ONLY, PRESENT, Part, State
from lambdas.model.subject import Kind, Subject

_ROOT = "AWS ROOT USER"
"""What CloudTrail writes for a user's name where the root user is meant; no name has a space."""
_ACTIVE, _INACTIVE = "Active", "Inactive"

_KEY_GONE = "nobody has the secret of a deleted access key: its user needs a new one"
_LOGIN_GONE = "the deleted password is nowhere to be had: its user needs a new one"
_OVERWRITTEN = (
    "the former password is nowhere to be had; to shut out whoever chose the new one, set another "
    "one or delete the login profile"
)
_NO_CODES = "only whoever holds the device can enable it again, with two codes from it"
_DEVICE_GONE = "a deleted device cannot be had again: its user needs a new one"


def _key_made(parameters: Parameters, where: Where) -> Target:
    """The key's id stands in the answer only; a key is active from the start.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
    """
    key = _answered(where, "accessKey", "accessKeyId")
    if key is None:
        raise UnreadableParametersError("responseElements do not say which access key was made")
    edit = Edit(Part.ACCESS_KEYS, key, _ACTIVE, fresh=True)
    return _holder(parameters, where, "accessKey"), (edit,)


def _key_set(parameters: Parameters, where: Where) -> Target:
    edit = Edit(Part.ACCESS_KEYS, text(parameters, "accessKeyId"), text(parameters, "status"))
    return _holder(parameters, where), (edit,)


def _key_deleted(parameters: Parameters, where: Where) -> Target:
    edit = Edit(Part.ACCESS_KEYS, text(parameters, "accessKeyId"), None)
    return _holder(parameters, where), (edit,)


def _password_made(parameters: Parameters, where: Where) -> Target:
    edit = Edit(Part.LOGIN_PROFILE, ONLY, PRESENT, fresh=True)
    return _holder(parameters, where, "loginProfile"), (edit,)


def _password_set(parameters: Parameters, where: Where) -> Target:
    """A password was there and is there: nothing that can be read shows another one."""
    return _holder(parameters, where), ()


def _password_deleted(parameters: Parameters, where: Where) -> Target:
    return _holder(parameters, where), (Edit(Part.LOGIN_PROFILE, ONLY, None),)


def _device_lost(parameters: Parameters, where: Where) -> Target:
    edit = Edit(Part.MFA_DEVICES, text(parameters, "serialNumber"), None)
    return _holder(parameters, where), (edit,)


def _device_deleted(parameters: Parameters, _: Where) -> Target:
    return Subject(Kind.MFA_DEVICE, text(parameters, "serialNumber")), ()


def _holder(parameters: Parameters, where: Where, answered: str = "") -> Subject:
    """Whose credential it is: as the call says, else as it was answered, else the caller's own.

    Raises:
        UnreadableParametersError: nothing says it.
    """
    name = parameters.get("userName")
    if name is None:
        name = _answered(where, answered, "userName")
    if name is None:
        return _own(where)
    if name == _ROOT:
        return Subject(Kind.ROOT, where.account)
    return Subject(Kind.USER, text({"userName": name}, "userName"))


def _own(where: Where) -> Subject:
    own = where.actor.user_in(where.account) if where.actor else None
    if own is None:
        raise UnreadableParametersError(
            f"requestParameters.userName is left out, and {where.actor} is no user of the account"
        )
    return own


def _answered(where: Where, element: str, name: str) -> str | None:
    """A text of an element of the answer, or None where there is none."""
    given = where.answer.get(element)
    value = given.get(name) if isinstance(given, Mapping) else None
    return value if isinstance(value, str) and value else None


def _deactivated(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    """Deactivated and not deleted, so that it can be looked into, and given back."""
    return _status(change, live, edit, _INACTIVE)


def _former_status(change: Change, before: State | None, live: State | None) -> Revert:
    """The former status, if that is known: a key that the state before lacks was made since."""
    calls: tuple[Call, ...] = ()
    for edit in change.edits:
        former = before.value(Part.ACCESS_KEYS, edit.key) if before else None
        if former is None:
            return Irreversible(f"the former status of access key {edit.key} is not known")
        if live is not None and edit.shown_by(live) and former != edit.value:
            calls += _status(change, live, edit, former)
    return calls


def _status(change: Change, live: State, edit: Edit, status: str) -> tuple[Call, ...]:
    return calling(change, live, "UpdateAccessKey", AccessKeyId=edit.key, Status=status)


def _password_gone(change: Change, live: State, _edit: Edit, _: str | None) -> tuple[Call, ...]:
    return calling(change, live, "DeleteLoginProfile")


def _undone_by(operation: str) -> tuple[Permission, ...]:
    return (Permission(action=f"iam:{operation}", resources=arns(Kind.USER)),)


_watched = partial(WatchedCall, source=IAM, family=Family.CREDENTIALS, scope=Scope.IAM_HOME)
_of_user = partial(_watched, kind=Kind.USER)

CALLS = (
    _of_user(
        name="CreateAccessKey",
        parse=_key_made,
        restore=_deactivated,
        permissions=_undone_by("UpdateAccessKey"),
        contains=True,
    ),
    _of_user(
        name="UpdateAccessKey",
        parse=_key_set,
        rebuild=_former_status,
        permissions=_undone_by("UpdateAccessKey"),
    ),
    _of_user(name="DeleteAccessKey", parse=_key_deleted, irreversible=_KEY_GONE),
    _of_user(
        name="CreateLoginProfile",
        parse=_password_made,
        restore=_password_gone,
        permissions=_undone_by("DeleteLoginProfile"),
    ),
    _of_user(name="UpdateLoginProfile", parse=_password_set, irreversible=_OVERWRITTEN),
    _of_user(name="DeleteLoginProfile", parse=_password_deleted, irreversible=_LOGIN_GONE),
    _of_user(name="DeactivateMFADevice", parse=_device_lost, irreversible=_NO_CODES),
    _watched(
        name="DeleteVirtualMFADevice",
        kind=Kind.MFA_DEVICE,
        parse=_device_deleted,
        irreversible=_DEVICE_GONE,
    ),
)

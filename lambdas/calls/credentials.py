"""Passwords and MFA devices: made, changed and taken away."""

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
from lambdas.calls.whose import answered, own, whose
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Revert
from lambdas.model.state import ONLY, PRESENT, Part, State
from lambdas.model.subject import Kind, Subject

_LOGIN_GONE = "the deleted password is nowhere to be had: its user needs a new one"
_OVERWRITTEN = (
    "the former password is nowhere to be had; to shut out whoever chose the new one, set another "
    "one or delete the login profile"
)
_NO_CODES = "only whoever holds the device can enable it again, with two codes from it"
_DEVICE_GONE = "a deleted device cannot be had again: its user needs a new one"
_ITS_OWN = (
    "to take a device away that is its user's own would open the way for whoever has the password: "
    "ask the user first, then deactivate it"
)
_IN_STEP = "nobody gains or loses anything: the device only counts as its server does again"


def _password_made(parameters: Parameters, where: Where) -> Target:
    edit = Edit(Part.LOGIN_PROFILE, ONLY, PRESENT, fresh=True)
    return whose(parameters, where, "loginProfile"), (edit,)


def _password_set(parameters: Parameters, where: Where) -> Target:
    """A password was there and is there: nothing that can be read shows another one."""
    return whose(parameters, where), ()


def _password_changed(_: Parameters, where: Where) -> Target:
    """Whoever calls changes the own password, with the former one.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html
    """
    return own(where), ()


def _password_deleted(parameters: Parameters, where: Where) -> Target:
    return whose(parameters, where), (Edit(Part.LOGIN_PROFILE, ONLY, None),)


def _device_enabled(parameters: Parameters, where: Where) -> Target:
    """One that anybody has already cannot be enabled again.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html
    """
    serial = text(parameters, "serialNumber")
    return whose(parameters, where), (Edit(Part.MFA_DEVICES, serial, serial, fresh=True),)


def _device_in_step(parameters: Parameters, where: Where) -> Target:
    return whose(parameters, where), ()


def _device_lost(parameters: Parameters, where: Where) -> Target:
    edit = Edit(Part.MFA_DEVICES, text(parameters, "serialNumber"), None)
    return whose(parameters, where), (edit,)


def _device_made(parameters: Parameters, where: Where) -> Target:
    """The answer says which one: its serial number is its ARN."""
    name = text(parameters, "virtualMFADeviceName")
    serial = answered(where, "virtualMFADevice", "serialNumber")
    if serial is None:
        raise UnreadableParametersError(f"responseElements do not name the device {name}")
    return Subject(Kind.MFA_DEVICE, serial), ()


def _device_deleted(parameters: Parameters, _: Where) -> Target:
    return Subject(Kind.MFA_DEVICE, text(parameters, "serialNumber")), ()


def _password_gone(change: Change, live: State, _edit: Edit, _: str | None) -> tuple[Call, ...]:
    return calling(change, live, "DeleteLoginProfile")


def _unmade(change: Change, _: State | None, live: State | None) -> Revert:
    """Deleted, which IAM refuses once somebody has enabled it."""
    if live is None:
        return ()
    given = {"SerialNumber": live.subject.name}
    operation = "DeleteVirtualMFADevice"
    return (Call(service="iam", operation=operation, parameters=given, region=change.region),)


_watched = partial(WatchedCall, source=IAM, family=Family.CREDENTIALS, scope=Scope.IAM_HOME)
_of_user = partial(_watched, kind=Kind.USER)
_of_device = partial(_watched, kind=Kind.MFA_DEVICE)

CALLS = (
    _of_user(
        name="CreateLoginProfile",
        parse=_password_made,
        restore=_password_gone,
        permissions=(Permission(action="iam:DeleteLoginProfile", resources=arns(Kind.USER)),),
    ),
    _of_user(name="UpdateLoginProfile", parse=_password_set, irreversible=_OVERWRITTEN),
    _of_user(name="ChangePassword", parse=_password_changed, irreversible=_OVERWRITTEN),
    _of_user(name="DeleteLoginProfile", parse=_password_deleted, irreversible=_LOGIN_GONE),
    _of_user(name="EnableMFADevice", parse=_device_enabled, irreversible=_ITS_OWN),
    _of_user(name="ResyncMFADevice", parse=_device_in_step, irreversible=_IN_STEP),
    _of_user(name="DeactivateMFADevice", parse=_device_lost, irreversible=_NO_CODES),
    _of_device(
        name="CreateVirtualMFADevice",
        parse=_device_made,
        lifecycle=Lifecycle.CREATED,
        rebuild=_unmade,
        permissions=(
            Permission(
                action="iam:DeleteVirtualMFADevice",
                resources=("arn:{partition}:iam::{account}:mfa/*",),
            ),
        ),
        manual=True,
    ),
    _of_device(name="DeleteVirtualMFADevice", parse=_device_deleted, irreversible=_DEVICE_GONE),
)

"""Access keys, console passwords and MFA devices."""

from typing import Any

from cli.drill.attack import Answered, Attack, Deed
from cli.drill.furnished import iam, user

_PASSWORD, _OTHER = "Tr0ub4dor&3-long", "c0rrect-Horse-battery"
_CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}


def _key(name: str) -> tuple[Deed, Answered]:
    """An access key, and its id."""
    made = iam("CreateAccessKey", UserName=name)
    return made, Answered(made, ("AccessKey", "AccessKeyId"))


def _of_key(operation: str, status: str, **more: Any) -> Attack:
    """Something done to a key that has a status."""
    name = f"drill-{operation}"
    made, key = _key(name)
    was = iam("UpdateAccessKey", UserName=name, AccessKeyId=key, Status=status)
    deed = iam(operation, UserName=name, AccessKeyId=key, **more)
    return Attack(deed, (*user(name), made, was))


def _of_password(operation: str, **more: Any) -> Attack:
    """Something done to a password that is there."""
    name = f"drill-{operation}"
    made = iam("CreateLoginProfile", UserName=name, Password=_PASSWORD)
    return Attack(iam(operation, UserName=name, **more), (*user(name), made))


def _device(name: str) -> tuple[tuple[Deed, ...], Answered]:
    """A user's virtual MFA device, enabled, and its serial number."""
    made = iam("CreateVirtualMFADevice", VirtualMFADeviceName=name)
    serial = Answered(made, ("VirtualMFADevice", "SerialNumber"))
    enabled = iam("EnableMFADevice", UserName=name, SerialNumber=serial, **_CODES)
    return (*user(name), made, enabled), serial


def _deactivated() -> Attack:
    name = "drill-DeactivateMFADevice"
    needs, serial = _device(name)
    return Attack(iam("DeactivateMFADevice", UserName=name, SerialNumber=serial), needs)


def _device_deleted() -> Attack:
    """Only a device that is not enabled can be deleted."""
    name = "drill-DeleteVirtualMFADevice"
    needs, serial = _device(name)
    off = iam("DeactivateMFADevice", UserName=name, SerialNumber=serial)
    return Attack(iam("DeleteVirtualMFADevice", SerialNumber=serial), (*needs, off))


def _enabled() -> Attack:
    """A device of the thief's, for another user."""
    name = "drill-EnableMFADevice"
    (*needs, made, enabling), _ = _device(name)
    return Attack(enabling, (*needs, made))


def _resynced() -> Attack:
    name = "drill-ResyncMFADevice"
    needs, serial = _device(name)
    deed = iam("ResyncMFADevice", UserName=name, SerialNumber=serial, **_CODES)
    return Attack(deed, needs)


def _made(operation: str, **more: Any) -> Attack:
    name = f"drill-{operation}"
    return Attack(iam(operation, UserName=name, **more), user(name))


ATTACKS = (
    _made("CreateAccessKey"),
    _of_key("UpdateAccessKey", "Inactive", Status="Active"),
    _of_key("DeleteAccessKey", "Active"),
    _made("CreateLoginProfile", Password=_PASSWORD),
    _of_password("UpdateLoginProfile", Password=_OTHER),
    _of_password("DeleteLoginProfile"),
    _deactivated(),
    _device_deleted(),
    _enabled(),
    _resynced(),
    Attack(iam("CreateVirtualMFADevice", VirtualMFADeviceName="drill-CreateVirtualMFADevice")),
    Attack(
        iam("ChangePassword", OldPassword=_PASSWORD, NewPassword=_OTHER),
        (iam("CreateLoginProfile", UserName="eve", Password=_PASSWORD),),
    ),
)

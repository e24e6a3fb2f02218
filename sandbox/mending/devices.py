"""MFA devices: a virtual one exists before it is enabled, and is one user's at a time.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.exceptions import EntityAlreadyExists, LimitExceededException, NotFoundException
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

_MOST = 8
"""MFA devices that a user may have."""

_enable: Any = IAMBackend.enable_mfa_device


def _enabled(state: IAMBackend, user_name: str, serial_number: str, *codes: str) -> None:
    user = state.get_user(user_name)
    if serial_number.startswith("arn:") and serial_number not in state.virtual_mfa_devices:
        raise NotFoundException(f"VirtualMFADevice with serial number {serial_number} not found.")
    if any(serial_number in each.mfa_devices for each in list(state.users.values())):
        raise EntityAlreadyExists(f"MFA device {serial_number} is already in use.")
    if len(user.mfa_devices) >= _MOST:
        raise LimitExceededException(f"Cannot exceed quota for MFADevicesPerUser: {_MOST}")
    _enable(state, user_name, serial_number, *codes)


def _resynced(response: IamResponse) -> ActionResult:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html."""
    read = response._get_param  # noqa: SLF001  # as moto's own handlers do
    serial = read("SerialNumber")
    if serial not in response.backend.get_user(read("UserName")).mfa_devices:
        raise NotFoundException(f"MFADevice with serial number {serial} not found.")
    return EmptyResult()


PATCHES = (
    Patch(IAMBackend, "enable_mfa_device", _enabled),
    Patch(IamResponse, "resync_mfa_device", _resynced),
)
"""Any two codes do: nothing in the sandbox is an authenticator."""

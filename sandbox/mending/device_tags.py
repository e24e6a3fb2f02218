"""Tags of virtual MFA devices, from their creation on.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.exceptions import NotFoundException
from moto.iam.models import VirtualMfaDevice
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

_create: Any = IamResponse.create_virtual_mfa_device


def tags_of(device: VirtualMfaDevice) -> dict[str, str]:
    """A device's tags: in moto it has no place for them."""
    held: dict[str, str] = vars(device).setdefault("tags_held", {})
    return held


def _device(response: IamResponse) -> VirtualMfaDevice:
    serial = response._get_param("SerialNumber")  # noqa: SLF001  # as moto's own handlers do
    device: VirtualMfaDevice | None = response.backend.virtual_mfa_devices.get(serial)
    if device is None:
        raise NotFoundException(f"VirtualMFADevice with serial number {serial} not found.")
    return device


def _put(response: IamResponse, device: VirtualMfaDevice) -> None:
    given = response._get_param("Tags", [])  # noqa: SLF001  # see above
    tags_of(device).update({tag["Key"]: tag["Value"] for tag in given})


def _created(response: IamResponse) -> ActionResult:
    before = set(response.backend.virtual_mfa_devices)
    result: ActionResult = _create(response)
    for serial in set(response.backend.virtual_mfa_devices) - before:
        _put(response, response.backend.virtual_mfa_devices[serial])
    return result


def _tagged(response: IamResponse) -> ActionResult:
    _put(response, _device(response))
    return EmptyResult()


def _untagged(response: IamResponse) -> ActionResult:
    held = tags_of(_device(response))
    for key in response._get_param("TagKeys", []):  # noqa: SLF001  # see above
        held.pop(key, None)
    return EmptyResult()


def _listed(response: IamResponse) -> ActionResult:
    held = tags_of(_device(response))
    tags = [{"Key": key, "Value": value} for key, value in held.items()]
    return ActionResult({"Tags": tags, "IsTruncated": False})


PATCHES = (
    Patch(IamResponse, "create_virtual_mfa_device", _created),
    Patch(IamResponse, "tag_mfa_device", _tagged),
    Patch(IamResponse, "untag_mfa_device", _untagged),
    Patch(IamResponse, "list_mfa_device_tags", _listed),
)
"""moto has none of the three operations, and forgets the tags that a device is made with."""

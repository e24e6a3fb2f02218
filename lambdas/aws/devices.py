"""Virtual MFA devices read live: a serial number is the ARN, and tags are all that they hold."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup, existing
from lambdas.aws.reads import Read
from lambdas.aws.tags import tags_of
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient


def device(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The read of a device's tags; one that is gone is still told by its number."""
    building.identify(building.subject.name, building.subject.name)
    return (lookup.guarded(building, "tags", _tags),)


def devices(iam: "IAMClient") -> tuple[Subject, ...]:
    """Every virtual MFA device of the account, also those that nobody has enabled.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html
    """
    pages = iam.get_paginator("list_virtual_mfa_devices").paginate()
    listed = (each["SerialNumber"] for page in pages for each in page["VirtualMFADevices"])
    return tuple(Subject(Kind.MFA_DEVICE, serial) for serial in listed if serial)


def _tags(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html."""
    paginator = lookup.iam.get_paginator("list_mfa_device_tags")
    pages = paginator.paginate(SerialNumber=building.subject.name)
    held = [tags_of(page) for page in existing(pages, partial(_gone, building))]
    building.hold(Part.TAGS, {key: value for each in held for key, value in each.items()})
    return ()


def _gone(building: Building) -> None:
    building.lose(Part.TAGS)
    building.vanish()

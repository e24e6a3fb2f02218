"""Tags of virtual MFA devices are kept, as IAM documents them."""

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.front import Front


@pytest.fixture
def iam(front: Front) -> Any:
    return front.client("iam")


@pytest.fixture
def serial(iam: Any) -> Iterator[str]:
    tags = [{"Key": "team", "Value": "red"}]
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName="tagged", Tags=tags)
    yield made["VirtualMFADevice"]["SerialNumber"]
    iam.delete_virtual_mfa_device(SerialNumber=made["VirtualMFADevice"]["SerialNumber"])


def test_tags_are_those_it_was_made_with_those_set_and_not_those_taken(
    iam: Any, serial: str
) -> None:
    iam.tag_mfa_device(SerialNumber=serial, Tags=[{"Key": "cost", "Value": ""}])
    listed = iam.list_mfa_device_tags(SerialNumber=serial)["Tags"]
    assert listed == [{"Key": "team", "Value": "red"}, {"Key": "cost", "Value": ""}]
    iam.untag_mfa_device(SerialNumber=serial, TagKeys=["team", "never"])
    assert iam.list_mfa_device_tags(SerialNumber=serial)["Tags"] == listed[1:]


def test_a_device_that_does_not_exist_has_none(iam: Any) -> None:
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.list_mfa_device_tags(SerialNumber="arn:aws:iam::123456789012:mfa/nobodys")

"""Tags of virtual MFA devices read live; moto has no such operation, so its answers are made up."""

from typing import Any

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws import devices
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import read, refusal

PHONE = Subject(Kind.MFA_DEVICE, "arn:aws:iam::123456789012:mfa/phone")


def answering(monkeypatch: pytest.MonkeyPatch, iam: IAMClient, answer: Any) -> None:
    """Let a list of a device's tags be answered, or fail."""
    call = iam._make_api_call

    def answered(name: str, parameters: Any) -> Any:
        if name != "ListMFADeviceTags":
            return call(name, parameters)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(iam, "_make_api_call", answered)


def test_a_device_has_its_tags(iam: IAMClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = {"Tags": [{"Key": "team", "Value": "red"}], "IsTruncated": False}
    answering(monkeypatch, iam, tags)
    found = read(PHONE).of(PHONE)
    assert (found.unique_id, found.arn) == (PHONE.name, PHONE.name)
    assert found.parts == {Part.TAGS: {"team": "red"}}


@pytest.mark.parametrize(("error", "problems"), [("NoSuchEntity", 0), ("AccessDenied", 1)])
def test_tags_that_were_not_read_are_not_no_tags(
    iam: IAMClient, monkeypatch: pytest.MonkeyPatch, error: str, problems: int
) -> None:
    answering(monkeypatch, iam, refusal(error))
    states = read(PHONE)
    assert states.of(PHONE).parts == {}
    assert len(states.problems) == problems
    assert (PHONE in states.absent) is (error == "NoSuchEntity")


def test_all_devices_are_listed(iam: IAMClient) -> None:
    iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")
    assert devices.devices(iam) == (PHONE,)

"""A snapshot shows each change, and nothing where nothing changed."""

from typing import Any

import pytest

from sandbox.front import Front
from sandbox.snapshot import differences, take

TEXT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
OWN = "arn:aws:iam::123456789012:policy/own"
DEVICE = "arn:aws:iam::123456789012:mfa/d"
CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}


@pytest.fixture
def iam(front: Front) -> Any:
    """The root user, who has access keys of its own; bob and a policy are there."""
    iam = front.client("iam", credentials=front.root)
    names = {user["UserName"] for user in iam.list_users()["Users"]}
    if "bob" not in names:
        iam.create_user(UserName="bob")
        iam.create_user(UserName="eve")
        iam.create_login_profile(UserName="eve", Password="Made-up-1!")
        iam.create_group(GroupName="team")
        iam.create_policy(PolicyName="own", PolicyDocument=TEXT)
    return iam


def enabled(iam: Any) -> None:
    iam.create_virtual_mfa_device(VirtualMFADeviceName="mine")
    iam.enable_mfa_device(UserName="bob", SerialNumber=f"{DEVICE[:-1]}mine", **CODES)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        pytest.param(lambda iam: iam.list_users(), [], id="nothing"),
        pytest.param(
            lambda iam: iam.create_access_key(), ["root user root access keys"], id="a root key"
        ),
        pytest.param(
            lambda iam: iam.update_user(UserName="bob", NewPath="/staff/"),
            ["users bob path"],
            id="a user's path",
        ),
        pytest.param(
            lambda iam: iam.update_group(GroupName="team", NewPath="/staff/"),
            ["groups team path"],
            id="a group's path",
        ),
        pytest.param(
            lambda iam: iam.update_login_profile(UserName="eve", PasswordResetRequired=True),
            ["users eve login profile"],
            id="a password to be changed",
        ),
        pytest.param(
            lambda iam: iam.tag_policy(PolicyArn=OWN, Tags=[{"Key": "k", "Value": "v"}]),
            [f"policies {OWN} tags"],
            id="a policy's tag",
        ),
        pytest.param(
            enabled,
            ["users bob MFA devices", f"virtual MFA devices {DEVICE[:-1]}mine user"],
            id="a device that is somebody's",
        ),
    ],
)
def test_a_snapshot_shows(front: Front, iam: Any, change: Any, changed: list[str]) -> None:
    before = take(front.account)
    change(iam)
    found = differences(before, take(front.account))
    assert [line.split(": ", 1)[0] for line in found] == changed


def test_a_snapshot_has_devices_that_are_nobodys(front: Front, iam: Any) -> None:
    iam.create_virtual_mfa_device(VirtualMFADeviceName="d")
    assert take(front.account)["virtual MFA devices"][DEVICE] == {"user": None}
    iam.delete_virtual_mfa_device(SerialNumber=DEVICE)
    assert DEVICE not in take(front.account)["virtual MFA devices"]


def test_a_device_that_comes_is_told_even_if_it_is_nobodys(front: Front, iam: Any) -> None:
    before = take(front.account)
    iam.create_virtual_mfa_device(VirtualMFADeviceName="loose")
    [line] = differences(before, take(front.account))
    assert line.endswith("mfa/loose user: absent -> None")
    iam.delete_virtual_mfa_device(SerialNumber=f"{DEVICE[:-1]}loose")


def test_a_snapshot_has_a_policys_path(front: Front, iam: Any) -> None:
    arn = iam.create_policy(PolicyName="p", Path="/a/", PolicyDocument=TEXT)["Policy"]["Arn"]
    assert take(front.account)["policies"][arn]["path"] == "/a/"

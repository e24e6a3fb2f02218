"""Access keys, passwords and MFA devices behave as IAM documents them."""

from typing import Any

import pytest

from sandbox.front import Front
from tests.sandbox.front import roles

CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
ALLOWED = {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}


@pytest.fixture(scope="module")
def iam(front: Front) -> Any:
    iam = front.client("iam")
    for name in ("alice", "bob"):
        iam.create_user(UserName=name)
    return iam


@pytest.fixture
def carol(front: Front, iam: Any) -> Any:
    """A user who calls for herself, without naming herself."""
    iam.create_user(UserName="carol")
    key = front.credentials_for_user("carol")
    yield front.client("iam", credentials=key)
    for each in iam.list_access_keys(UserName="carol")["AccessKeyMetadata"]:
        iam.delete_access_key(UserName="carol", AccessKeyId=each["AccessKeyId"])
    iam.delete_user(UserName="carol")


def test_a_user_has_two_keys_at_most(iam: Any) -> None:
    iam.create_user(UserName="keys")
    for _ in range(2):
        iam.create_access_key(UserName="keys")
    with pytest.raises(iam.exceptions.LimitExceededException):
        iam.create_access_key(UserName="keys")


def test_who_names_nobody_means_the_own_keys(carol: Any) -> None:
    made = carol.create_access_key()["AccessKey"]
    carol.update_access_key(AccessKeyId=made["AccessKeyId"], Status="Inactive")
    listed = {
        key["AccessKeyId"]: (key["UserName"], key["Status"])
        for key in carol.list_access_keys()["AccessKeyMetadata"]
    }
    assert made["UserName"] == "carol"
    assert sorted(listed.values()) == [("carol", "Active"), ("carol", "Inactive")]
    carol.delete_access_key(AccessKeyId=made["AccessKeyId"])
    assert made["AccessKeyId"] not in {
        key["AccessKeyId"] for key in carol.list_access_keys()["AccessKeyMetadata"]
    }


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda c, key: c.update_access_key(AccessKeyId=key, Status="Inactive")),
        pytest.param(lambda c, key: c.delete_access_key(AccessKeyId=key)),
    ],
    ids=["UpdateAccessKey", "DeleteAccessKey"],
)
@pytest.mark.parametrize("whose", ["alice", None])
def test_a_key_that_is_not_the_own_one_is_unknown(
    iam: Any, carol: Any, change: Any, whose: str | None
) -> None:
    key = "AKIAIOSFODNN7EXAMPLE"
    if whose:
        key = iam.create_access_key(UserName=whose)["AccessKey"]["AccessKeyId"]
    with pytest.raises(carol.exceptions.NoSuchEntityException):
        change(carol, key)
    if whose:
        iam.delete_access_key(UserName=whose, AccessKeyId=key)


def test_a_role_has_no_keys_of_its_own(front: Front) -> None:
    client = front.client("iam", credentials=roles.function(front, "worker", ALLOWED))
    front.hooks.enforced = lambda _: False
    with pytest.raises(client.exceptions.ClientError, match="ValidationError"):
        client.create_access_key()


@pytest.mark.parametrize("status", ["Active", "Inactive"])
def test_a_key_opens_the_door_while_it_is_active(front: Front, iam: Any, status: str) -> None:
    key = front.credentials_for_user("bob")
    sts = front.client("sts", credentials=key)
    iam.update_access_key(UserName="bob", AccessKeyId=key.access_key_id, Status=status)
    if status == "Active":
        assert sts.get_caller_identity()["Arn"].endswith("user/bob")
    else:
        with pytest.raises(sts.exceptions.ClientError, match="InvalidClientTokenId"):
            sts.get_caller_identity()


def test_the_root_user_has_keys_of_its_own(front: Front, iam: Any) -> None:
    root = front.client("iam", credentials=front.root)
    before = root.get_account_summary()["SummaryMap"]["AccountAccessKeysPresent"]
    made = root.create_access_key()["AccessKey"]
    listed = root.list_access_keys()["AccessKeyMetadata"]
    present = root.get_account_summary()["SummaryMap"]["AccountAccessKeysPresent"]
    assert (before, present) == (0, 1)
    assert "UserName" not in made
    assert [(key["AccessKeyId"], key.get("UserName")) for key in listed] == [
        (made["AccessKeyId"], None)
    ]
    assert all("root" not in user["UserName"] for user in iam.list_users()["Users"])
    caller = front.client("sts", credentials=type(front.root)(made["AccessKeyId"], "any"))
    assert caller.get_caller_identity()["Arn"].endswith(":root")
    root.update_access_key(AccessKeyId=made["AccessKeyId"], Status="Inactive")
    with pytest.raises(caller.exceptions.ClientError, match="InvalidClientTokenId"):
        caller.get_caller_identity()
    root.delete_access_key(AccessKeyId=made["AccessKeyId"])
    assert root.list_access_keys()["AccessKeyMetadata"] == []


def test_a_password_is_made_read_changed_and_taken_away(iam: Any) -> None:
    made = iam.create_login_profile(
        UserName="alice", Password="Made-up-1!", PasswordResetRequired=True
    )["LoginProfile"]
    assert iam.get_login_profile(UserName="alice")["LoginProfile"] == made
    assert made["PasswordResetRequired"] is True
    iam.update_login_profile(UserName="alice", PasswordResetRequired=False)
    after = iam.get_login_profile(UserName="alice")["LoginProfile"]
    assert after == made | {"PasswordResetRequired": False}
    iam.delete_login_profile(UserName="alice")
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_login_profile(UserName="alice")


def test_a_second_password_is_refused(iam: Any) -> None:
    iam.create_user(UserName="has-one")
    iam.create_login_profile(UserName="has-one", Password="Made-up-1!")
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        iam.create_login_profile(UserName="has-one", Password="Made-up-2!")


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda iam: iam.get_login_profile(UserName="bob"), id="GetLoginProfile"),
        pytest.param(
            lambda iam: iam.update_login_profile(UserName="bob", Password="Made-up-1!"),
            id="UpdateLoginProfile",
        ),
        pytest.param(lambda iam: iam.delete_login_profile(UserName="bob"), id="DeleteLoginProfile"),
        pytest.param(
            lambda iam: iam.create_login_profile(UserName="nobody", Password="Made-up-1!"),
            id="CreateLoginProfile of nobody",
        ),
        pytest.param(
            lambda iam: iam.deactivate_mfa_device(UserName="bob", SerialNumber="GAHT00000000"),
            id="DeactivateMFADevice",
        ),
        pytest.param(
            lambda iam: iam.delete_virtual_mfa_device(
                SerialNumber="arn:aws:iam::123456789012:mfa/missing"
            ),
            id="DeleteVirtualMFADevice",
        ),
        pytest.param(
            lambda iam: iam.enable_mfa_device(
                UserName="bob", SerialNumber="arn:aws:iam::123456789012:mfa/missing", **CODES
            ),
            id="EnableMFADevice",
        ),
    ],
)
def test_what_is_not_there_is_unknown(iam: Any, call: Any) -> None:
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        call(iam)


def serials(iam: Any, name: str) -> list[tuple[str, str]]:
    devices = iam.list_mfa_devices(UserName=name)["MFADevices"]
    return [(device["UserName"], device["SerialNumber"]) for device in devices]


def test_a_device_is_made_enabled_deactivated_and_deleted(iam: Any) -> None:
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName="d", Path="/a/")
    serial = made["VirtualMFADevice"]["SerialNumber"]
    assert serial == "arn:aws:iam::123456789012:mfa/a/d"
    iam.enable_mfa_device(UserName="alice", SerialNumber=serial, **CODES)
    assert serials(iam, "alice") == [("alice", serial)]
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_virtual_mfa_device(SerialNumber=serial)
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        iam.enable_mfa_device(UserName="bob", SerialNumber=serial, **CODES)
    iam.deactivate_mfa_device(UserName="alice", SerialNumber=serial)
    unassigned = iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"]
    assert (serials(iam, "alice"), [d["SerialNumber"] for d in unassigned]) == ([], [serial])
    iam.delete_virtual_mfa_device(SerialNumber=serial)
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []


def test_a_user_has_eight_devices_at_most(iam: Any) -> None:
    iam.create_user(UserName="many")
    for number in range(8):
        iam.enable_mfa_device(UserName="many", SerialNumber=f"GAHT1000000{number}", **CODES)
    with pytest.raises(iam.exceptions.LimitExceededException):
        iam.enable_mfa_device(UserName="many", SerialNumber="GAHT10000008", **CODES)

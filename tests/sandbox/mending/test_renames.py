"""A renamed user or group keeps its id and everything that it holds."""

from typing import Any

import pytest

from sandbox.front import Front

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
TEXT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
TAG = {"Key": "team", "Value": "blue"}
DEVICE = "arn:aws:iam::123456789012:mfa/of-renamed"


@pytest.fixture(scope="module")
def iam(front: Front) -> Any:
    iam = front.client("iam")
    iam.create_user(UserName="taken")
    iam.create_group(GroupName="taken")
    return iam


@pytest.fixture(scope="module")
def renamed(iam: Any) -> Any:
    """A user with one of everything, before the change of name and path."""
    before = iam.create_user(UserName="old", Path="/a/", Tags=[TAG])["User"]
    iam.create_group(GroupName="crew")
    iam.add_user_to_group(UserName="old", GroupName="crew")
    iam.attach_user_policy(UserName="old", PolicyArn=ADMIN)
    iam.put_user_policy(UserName="old", PolicyName="inline", PolicyDocument=TEXT)
    iam.put_user_permissions_boundary(UserName="old", PermissionsBoundary=ADMIN)
    iam.create_access_key(UserName="old")
    iam.create_login_profile(UserName="old", Password="Made-up-1!")
    iam.create_virtual_mfa_device(VirtualMFADeviceName="of-renamed")
    iam.enable_mfa_device(
        UserName="old",
        SerialNumber=DEVICE,
        AuthenticationCode1="123456",
        AuthenticationCode2="654321",
    )
    iam.update_user(UserName="old", NewUserName="new", NewPath="/b/")
    return before


def test_the_id_stays_and_the_arn_changes(iam: Any, renamed: Any) -> None:
    after = iam.get_user(UserName="new")["User"]
    assert after["UserId"] == renamed["UserId"]
    assert after["Arn"] == "arn:aws:iam::123456789012:user/b/new"
    assert (after["Path"], after["Tags"]) == ("/b/", [TAG])
    assert after["PermissionsBoundary"]["PermissionsBoundaryArn"] == ADMIN


@pytest.mark.usefixtures("renamed")
def test_the_old_name_is_nobodys(iam: Any) -> None:
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_user(UserName="old")


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("read", "expected"),
    [
        pytest.param(
            lambda iam: [u["UserName"] for u in iam.get_group(GroupName="crew")["Users"]],
            ["new"],
            id="membership",
        ),
        pytest.param(
            lambda iam: iam.list_user_policies(UserName="new")["PolicyNames"],
            ["inline"],
            id="inline policy",
        ),
        pytest.param(
            lambda iam: [
                p["PolicyArn"]
                for p in iam.list_attached_user_policies(UserName="new")["AttachedPolicies"]
            ],
            [ADMIN],
            id="attached policy",
        ),
        pytest.param(
            lambda iam: [
                k["UserName"] for k in iam.list_access_keys(UserName="new")["AccessKeyMetadata"]
            ],
            ["new"],
            id="access key",
        ),
        pytest.param(
            lambda iam: iam.get_login_profile(UserName="new")["LoginProfile"]["UserName"],
            "new",
            id="password",
        ),
        pytest.param(
            lambda iam: [
                d["SerialNumber"] for d in iam.list_mfa_devices(UserName="new")["MFADevices"]
            ],
            [DEVICE],
            id="MFA device",
        ),
    ],
)
def test_what_a_user_holds_follows(iam: Any, read: Any, expected: Any) -> None:
    assert read(iam) == expected


def test_a_renamed_users_key_still_opens_the_door(iam: Any, front: Front) -> None:
    iam.create_user(UserName="walker")
    key = front.credentials_for_user("walker")
    iam.update_user(UserName="walker", NewUserName="runner")
    arn = front.client("sts", credentials=key).get_caller_identity()["Arn"]
    assert arn == "arn:aws:iam::123456789012:user/runner"


def test_a_group_keeps_its_id_members_and_policies(iam: Any) -> None:
    iam.create_user(UserName="member")
    before = iam.create_group(GroupName="before", Path="/a/")["Group"]
    iam.add_user_to_group(UserName="member", GroupName="before")
    iam.attach_group_policy(GroupName="before", PolicyArn=ADMIN)
    iam.update_group(GroupName="before", NewGroupName="after")
    found = iam.get_group(GroupName="after")
    attached = iam.list_attached_group_policies(GroupName="after")["AttachedPolicies"]
    assert found["Group"]["GroupId"] == before["GroupId"]
    assert found["Group"]["Arn"] == "arn:aws:iam::123456789012:group/a/after"
    assert [user["UserName"] for user in found["Users"]] == ["member"]
    assert [policy["PolicyArn"] for policy in attached] == [ADMIN]
    groups = iam.list_groups_for_user(UserName="member")["Groups"]
    assert [group["GroupName"] for group in groups] == ["after"]


def test_a_groups_path_changes_alone(iam: Any) -> None:
    iam.create_group(GroupName="mover")
    iam.update_group(GroupName="mover", NewPath="/b/")
    arn = iam.get_group(GroupName="mover")["Group"]["Arn"]
    assert arn == "arn:aws:iam::123456789012:group/b/mover"


@pytest.mark.parametrize("new", ["taken", "TAKEN"])
@pytest.mark.parametrize("kind", ["user", "group"])
def test_a_name_that_is_taken_is_refused(iam: Any, kind: str, new: str) -> None:
    named = kind.capitalize()
    name = f"clashing-{kind}-{new}"
    getattr(iam, f"create_{kind}")(**{f"{named}Name": name})
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        getattr(iam, f"update_{kind}")(**{f"{named}Name": name, f"New{named}Name": new})
    getattr(iam, f"get_{kind}")(**{f"{named}Name": name})


@pytest.mark.parametrize("kind", ["user", "group"])
def test_nobody_is_not_renamed(iam: Any, kind: str) -> None:
    named = kind.capitalize()
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        getattr(iam, f"update_{kind}")(**{f"{named}Name": "nobody", f"New{named}Name": "n"})

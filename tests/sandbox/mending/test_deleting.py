"""What still holds something, or is still in use, is not deleted."""

from typing import Any

import pytest

from sandbox.front import Front
from tests.sandbox.front import roles

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
TEXT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
SERIAL = "GAHT12345678"
MINE = "arn:aws:iam::123456789012:policy/mine"


@pytest.fixture(scope="module")
def iam(front: Front) -> Any:
    iam = front.client("iam")
    iam.create_group(GroupName="crew")
    return iam


HOLDINGS = [
    pytest.param(
        lambda iam: iam.create_login_profile(UserName="u", Password="Made-up-1!"),
        lambda iam: iam.delete_login_profile(UserName="u"),
        id="a password",
    ),
    pytest.param(
        lambda iam: iam.create_access_key(UserName="u"),
        lambda iam: iam.delete_access_key(
            UserName="u",
            AccessKeyId=iam.list_access_keys(UserName="u")["AccessKeyMetadata"][0]["AccessKeyId"],
        ),
        id="an access key",
    ),
    pytest.param(
        lambda iam: iam.enable_mfa_device(UserName="u", SerialNumber=SERIAL, **CODES),
        lambda iam: iam.deactivate_mfa_device(UserName="u", SerialNumber=SERIAL),
        id="an MFA device",
    ),
    pytest.param(
        lambda iam: iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=TEXT),
        lambda iam: iam.delete_user_policy(UserName="u", PolicyName="p"),
        id="an inline policy",
    ),
    pytest.param(
        lambda iam: iam.attach_user_policy(UserName="u", PolicyArn=ADMIN),
        lambda iam: iam.detach_user_policy(UserName="u", PolicyArn=ADMIN),
        id="an attached policy",
    ),
    pytest.param(
        lambda iam: iam.add_user_to_group(UserName="u", GroupName="crew"),
        lambda iam: iam.remove_user_from_group(UserName="u", GroupName="crew"),
        id="a membership",
    ),
]


def test_who_holds_nothing_is_deleted(iam: Any) -> None:
    iam.create_user(UserName="bare", PermissionsBoundary=ADMIN)
    iam.delete_user(UserName="bare")
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_user(UserName="bare")


@pytest.mark.parametrize(("give", "take"), HOLDINGS)
def test_a_user_with_something_is_not_deleted(iam: Any, give: Any, take: Any) -> None:
    iam.create_user(UserName="u")
    give(iam)
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_user(UserName="u")
    take(iam)
    iam.delete_user(UserName="u")


@pytest.mark.parametrize(
    ("give", "take"),
    [
        pytest.param(
            lambda iam: iam.add_user_to_group(UserName="someone", GroupName="g"),
            lambda iam: iam.remove_user_from_group(UserName="someone", GroupName="g"),
            id="a member",
        ),
        pytest.param(
            lambda iam: iam.attach_group_policy(GroupName="g", PolicyArn=ADMIN),
            lambda iam: iam.detach_group_policy(GroupName="g", PolicyArn=ADMIN),
            id="an attached policy",
        ),
        pytest.param(
            lambda iam: iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=TEXT),
            lambda iam: iam.delete_group_policy(GroupName="g", PolicyName="p"),
            id="an inline policy",
        ),
    ],
)
def test_a_group_with_something_is_not_deleted(iam: Any, give: Any, take: Any) -> None:
    iam.create_user(UserName="someone")
    iam.create_group(GroupName="g")
    give(iam)
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_group(GroupName="g")
    take(iam)
    iam.delete_group(GroupName="g")
    iam.delete_user(UserName="someone")


@pytest.mark.parametrize(
    ("give", "take"),
    [
        pytest.param(
            lambda iam: iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=TEXT),
            lambda iam: iam.delete_role_policy(RoleName="r", PolicyName="p"),
            id="an inline policy",
        ),
        pytest.param(
            lambda iam: iam.attach_role_policy(RoleName="r", PolicyArn=ADMIN),
            lambda iam: iam.detach_role_policy(RoleName="r", PolicyArn=ADMIN),
            id="an attached policy",
        ),
        pytest.param(
            lambda iam: iam.add_role_to_instance_profile(InstanceProfileName="i", RoleName="r"),
            lambda iam: iam.remove_role_from_instance_profile(
                InstanceProfileName="i", RoleName="r"
            ),
            id="an instance profile",
        ),
    ],
)
def test_a_role_with_something_is_not_deleted(iam: Any, give: Any, take: Any) -> None:
    iam.create_instance_profile(InstanceProfileName="i")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=roles.trust({"AWS": "*"}))
    give(iam)
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_role(RoleName="r")
    take(iam)
    iam.delete_role(RoleName="r")
    iam.delete_instance_profile(InstanceProfileName="i")


@pytest.mark.parametrize(
    ("give", "take"),
    [
        pytest.param(
            lambda iam: iam.put_user_permissions_boundary(UserName="b", PermissionsBoundary=MINE),
            lambda iam: iam.delete_user_permissions_boundary(UserName="b"),
            id="a principal that it bounds",
        ),
        pytest.param(
            lambda iam: iam.create_policy_version(PolicyArn=MINE, PolicyDocument=TEXT),
            lambda iam: iam.delete_policy_version(PolicyArn=MINE, VersionId="v2"),
            id="a second version",
        ),
    ],
)
def test_a_policy_with_something_is_not_deleted(iam: Any, give: Any, take: Any) -> None:
    iam.create_user(UserName="b")
    iam.create_policy(PolicyName="mine", PolicyDocument=TEXT)
    give(iam)
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_policy(PolicyArn=MINE)
    take(iam)
    iam.delete_policy(PolicyArn=MINE)
    iam.delete_user(UserName="b")

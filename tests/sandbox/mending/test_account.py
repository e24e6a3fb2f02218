"""GetAccountAuthorizationDetails tells everything, with names, in pages.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

import json
from typing import Any

import pytest

from sandbox.front import Front
from tests.sandbox.front import roles

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
LIMIT = "arn:aws:iam::aws:policy/ReadOnlyAccess"
TEXT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
TAGS = [{"Key": "team", "Value": "blue"}]
LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")


@pytest.fixture(scope="module")
def iam(front: Front) -> Any:
    iam = front.client("iam")
    iam.create_user(UserName="alice", Path="/staff/", PermissionsBoundary=LIMIT, Tags=TAGS)
    iam.put_user_policy(UserName="alice", PolicyName="inline", PolicyDocument=TEXT)
    iam.attach_user_policy(UserName="alice", PolicyArn=ADMIN)
    iam.attach_user_policy(UserName="alice", PolicyArn=ADMIN)
    iam.create_group(GroupName="team")
    iam.put_group_policy(GroupName="team", PolicyName="of-team", PolicyDocument=TEXT)
    iam.add_user_to_group(UserName="alice", GroupName="team")
    iam.create_role(RoleName="worker", AssumeRolePolicyDocument=roles.trust({"AWS": "*"}))
    iam.put_role_policy(RoleName="worker", PolicyName="of-worker", PolicyDocument=TEXT)
    iam.create_policy(PolicyName="mine", PolicyDocument=TEXT)
    return iam


def names(details: dict[str, Any]) -> list[str]:
    keys = ("UserName", "GroupName", "RoleName", "PolicyName")
    return [each[key] for kind, key in zip(LISTS, keys, strict=True) for each in details[kind]]


def test_a_users_details(iam: Any) -> None:
    (alice,) = iam.get_account_authorization_details()["UserDetailList"]
    assert alice["Arn"] == "arn:aws:iam::123456789012:user/staff/alice"
    assert alice["GroupList"] == ["team"]
    assert [p["PolicyName"] for p in alice["UserPolicyList"]] == ["inline"]
    assert [p["PolicyArn"] for p in alice["AttachedManagedPolicies"]] == [ADMIN]
    assert alice["PermissionsBoundary"] == {
        "PermissionsBoundaryType": "Policy",
        "PermissionsBoundaryArn": LIMIT,
    }
    assert (alice["Path"], alice["Tags"]) == ("/staff/", TAGS)


def test_a_roles_details(iam: Any) -> None:
    trust = roles.trust({"AWS": "*"})
    iam.create_role(
        RoleName="told",
        AssumeRolePolicyDocument=trust,
        PermissionsBoundary=LIMIT,
        Tags=TAGS,
    )
    details = iam.get_account_authorization_details(Filter=["Role"])["RoleDetailList"]
    (told,) = (role for role in details if role["RoleName"] == "told")
    iam.delete_role(RoleName="told")
    assert json.dumps(told["AssumeRolePolicyDocument"]) == trust
    assert told["PermissionsBoundary"]["PermissionsBoundaryArn"] == LIMIT
    assert told["Tags"] == TAGS


def test_inline_policies_of_groups_and_roles_have_names(iam: Any) -> None:
    details = iam.get_account_authorization_details()
    assert details["GroupDetailList"][0]["GroupPolicyList"][0]["PolicyName"] == "of-team"
    assert details["RoleDetailList"][0]["RolePolicyList"][0]["PolicyName"] == "of-worker"


def test_managed_policies_are_the_accounts_own_and_those_in_use(iam: Any) -> None:
    policies = iam.get_account_authorization_details()["Policies"]
    assert {p["PolicyName"]: p["AttachmentCount"] for p in policies} == {
        "mine": 0,
        "AdministratorAccess": 1,
        "ReadOnlyAccess": 0,
    }
    used = {p["PolicyName"]: p["PermissionsBoundaryUsageCount"] for p in policies}
    assert used["ReadOnlyAccess"] == 1
    assert all(p["PolicyVersionList"][0]["IsDefaultVersion"] for p in policies)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["User"], ["alice"]),
        (["Role", "Group"], ["team", "worker"]),
        (["LocalManagedPolicy"], ["mine"]),
        (["AWSManagedPolicy"], ["AdministratorAccess", "ReadOnlyAccess"]),
    ],
)
def test_a_filter(iam: Any, wanted: list[str], expected: list[str]) -> None:
    details = iam.get_account_authorization_details(Filter=wanted)
    assert sorted(names(details)) == expected


@pytest.mark.parametrize("size", [1, 2, 4])
def test_pages_hold_everything_once(iam: Any, size: int) -> None:
    paginator = iam.get_paginator("get_account_authorization_details")
    pages = list(paginator.paginate(PaginationConfig={"PageSize": size}))
    assert all(len(names(page)) == size for page in pages[:-1])
    assert [page["IsTruncated"] for page in pages] == [True] * (len(pages) - 1) + [False]
    found = [name for page in pages for name in names(page)]
    assert sorted(found) == sorted(names(iam.get_account_authorization_details()))


def test_a_page_has_a_hundred_items_unless_asked(iam: Any) -> None:
    for number in range(101):
        iam.create_group(GroupName=f"crowd-{number}")
    assert len(names(iam.get_account_authorization_details())) == 100

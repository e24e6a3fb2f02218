"""A policy's entities are those it is attached to and those that it bounds."""

from typing import Any

import pytest

from sandbox.front import Front
from tests.sandbox.front import roles

TEXT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
LISTS = (("PolicyGroups", "GroupName"), ("PolicyUsers", "UserName"), ("PolicyRoles", "RoleName"))


@pytest.fixture(scope="module")
def used(front: Front) -> Any:
    iam = front.client("iam")
    arn = iam.create_policy(PolicyName="used", PolicyDocument=TEXT)["Policy"]["Arn"]
    for name in ("attached", "both"):
        iam.create_user(UserName=name)
        iam.attach_user_policy(UserName=name, PolicyArn=arn)
    iam.put_user_permissions_boundary(UserName="both", PermissionsBoundary=arn)
    iam.create_user(UserName="bounded", Path="/staff/", PermissionsBoundary=arn)
    iam.create_user(UserName="neither")
    trust = roles.trust({"AWS": "*"})
    iam.create_role(RoleName="role", AssumeRolePolicyDocument=trust, PermissionsBoundary=arn)
    iam.create_group(GroupName="group")
    iam.attach_group_policy(GroupName="group", PolicyArn=arn)
    return iam, arn


def names(answer: Any) -> list[str]:
    return [each[key] for kind, key in LISTS for each in answer[kind]]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        pytest.param({}, ["group", "attached", "both", "bounded", "role"], id="everyone once"),
        pytest.param(
            {"PolicyUsageFilter": "PermissionsPolicy"},
            ["group", "attached", "both"],
            id="only those it is attached to",
        ),
        pytest.param(
            {"PolicyUsageFilter": "PermissionsBoundary"},
            ["both", "bounded", "role"],
            id="only those that it bounds",
        ),
        pytest.param({"EntityFilter": "Role"}, ["role"], id="only roles"),
        pytest.param({"PathPrefix": "/staff/"}, ["bounded"], id="only under a path"),
    ],
)
def test_entities(used: Any, parameters: Any, expected: list[str]) -> None:
    iam, arn = used
    assert names(iam.list_entities_for_policy(PolicyArn=arn, **parameters)) == expected


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_hold_everyone_once(used: Any, size: int) -> None:
    iam, arn = used
    paginator = iam.get_paginator("list_entities_for_policy")
    pages = list(paginator.paginate(PolicyArn=arn, PaginationConfig={"PageSize": size}))
    assert all(len(names(page)) == size for page in pages[:-1])
    found = [name for page in pages for name in names(page)]
    assert sorted(found) == ["attached", "both", "bounded", "group", "role"]


def test_nobody_uses_a_policy_that_is_not_there(used: Any) -> None:
    iam, arn = used
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.list_entities_for_policy(PolicyArn=f"{arn}-missing")


def test_a_policy_tells_how_often_it_is_used(used: Any) -> None:
    iam, arn = used
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (policy["AttachmentCount"], policy["PermissionsBoundaryUsageCount"]) == (3, 3)

"""Users' boundaries, ids, and attachments behave as IAM documents them."""

import re
from typing import Any

import pytest

from sandbox.front import Front
from tests.sandbox.front import roles

LIMIT = "arn:aws:iam::aws:policy/ReadOnlyAccess"
TEXT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
TRUST = roles.trust({"AWS": "*"})


@pytest.fixture(scope="module")
def iam(front: Front) -> Any:
    return front.client("iam")


def boundary(iam: Any, name: str) -> str | None:
    user = iam.get_user(UserName=name)["User"]
    arn: str | None = user.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    return arn


def test_a_user_has_no_boundary_at_first(iam: Any) -> None:
    iam.create_user(UserName="free")
    assert boundary(iam, "free") is None


def test_a_user_may_be_created_with_a_boundary(iam: Any) -> None:
    created = iam.create_user(UserName="born-bound", PermissionsBoundary=LIMIT)
    assert created["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == LIMIT
    assert boundary(iam, "born-bound") == LIMIT


def test_a_boundary_is_put_and_deleted(iam: Any) -> None:
    iam.create_user(UserName="bound")
    iam.put_user_permissions_boundary(UserName="bound", PermissionsBoundary=LIMIT)
    put = boundary(iam, "bound")
    iam.delete_user_permissions_boundary(UserName="bound")
    assert (put, boundary(iam, "bound")) == (LIMIT, None)


def test_a_list_of_users_leaves_boundaries_out(iam: Any) -> None:
    iam.create_user(UserName="listed", PermissionsBoundary=LIMIT)
    assert all("PermissionsBoundary" not in user for user in iam.list_users()["Users"])


@pytest.mark.parametrize(
    ("user", "policy"),
    [
        pytest.param("nobody", LIMIT, id="a user"),
        pytest.param("someone", "arn:aws:iam::123456789012:policy/missing", id="a policy"),
    ],
)
def test_a_boundary_needs_what_exists(iam: Any, user: str, policy: str) -> None:
    if user == "someone":
        iam.create_user(UserName="someone")
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary=policy)


def test_a_user_is_not_created_with_a_boundary_that_does_not_exist(iam: Any) -> None:
    missing = "arn:aws:iam::123456789012:policy/missing"
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.create_user(UserName="unborn", PermissionsBoundary=missing)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_user(UserName="unborn")


def test_ids_have_the_prefixes_of_their_kinds(iam: Any) -> None:
    ids = {
        "AIDA": iam.create_user(UserName="with-id")["User"]["UserId"],
        "AGPA": iam.create_group(GroupName="with-id")["Group"]["GroupId"],
        "ANPA": iam.create_policy(PolicyName="with-id", PolicyDocument=TEXT)["Policy"]["PolicyId"],
    }
    assert all(re.fullmatch(f"{prefix}[A-Z0-9]{{17}}", made) for prefix, made in ids.items())


def test_an_attached_policy_cannot_be_deleted(iam: Any) -> None:
    policy = iam.create_policy(PolicyName="held", PolicyDocument=TEXT)["Policy"]["Arn"]
    iam.create_user(UserName="holder")
    iam.attach_user_policy(UserName="holder", PolicyArn=policy)
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_policy(PolicyArn=policy)
    iam.detach_user_policy(UserName="holder", PolicyArn=policy)
    iam.delete_policy(PolicyArn=policy)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_policy(PolicyArn=policy)


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(
            lambda iam, arn: iam.create_role(
                RoleName="unborn", AssumeRolePolicyDocument=TRUST, PermissionsBoundary=arn
            ),
            id="CreateRole",
        ),
        pytest.param(
            lambda iam, arn: iam.put_role_permissions_boundary(
                RoleName="bound", PermissionsBoundary=arn
            ),
            id="PutRolePermissionsBoundary",
        ),
    ],
)
def test_a_roles_boundary_needs_a_policy_that_exists(iam: Any, call: Any) -> None:
    iam.create_role(RoleName="bound", AssumeRolePolicyDocument=TRUST)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        call(iam, "arn:aws:iam::123456789012:policy/missing")
    assert "PermissionsBoundary" not in iam.get_role(RoleName="bound")["Role"]
    iam.put_role_permissions_boundary(RoleName="bound", PermissionsBoundary=LIMIT)
    iam.delete_role(RoleName="bound")

"""Permissions become statements of this account, with their conditions, and wildcards are named."""

import pytest

from lambdas.model.permission import Permission
from stacks.permissions import allow, deny_principals, wildcards

ACCOUNT = "${Token[AWS.AccountId"
PUT = Permission(action="iam:PutUserPolicy", resources=("arn:{partition}:iam::{account}:user/*",))
START = Permission(
    action="cloudtrail:StartLogging", resources=("arn:{partition}:cloudtrail:*:{account}:trail/*",)
)


def test_places_are_filled_with_this_stacks() -> None:
    [statement] = allow(
        [Permission(action="s3:GetObject", resources=("{partition}{account}{region}",))]
    )
    assert statement.resources[0].count("${Token[") == 3


def test_conditions_are_kept() -> None:
    condition = {"StringEquals": {"aws:ResourceAccount": "{account}", "iam:PolicyARN": ("a", "b")}}
    [statement] = allow([Permission(action="a:B", resources=("*",), condition=condition)])
    equals = statement.conditions["StringEquals"]
    assert equals["aws:ResourceAccount"].startswith(ACCOUNT)
    assert equals["iam:PolicyARN"] == ["a", "b"]


def test_wildcards_are_named_with_their_actions() -> None:
    found = wildcards([PUT, START, Permission(action="a:B", resources=("arn:x",))])
    assert found == {
        "arn:<AWS::Partition>:iam::<AWS::AccountId>:user/*": ["iam:PutUserPolicy"],
        "arn:<AWS::Partition>:cloudtrail:*:<AWS::AccountId>:trail/*": ["cloudtrail:StartLogging"],
    }


def test_nothing_is_denied_where_no_iam_write_is_granted() -> None:
    assert deny_principals([START], own_roles=["arn"], protected=["arn:*:iam::*:user/a"]) == []


def test_without_protected_principals_own_roles_are_denied_all_the_same() -> None:
    [statement] = deny_principals([PUT, START], own_roles=["arn"], protected=[])
    assert (statement.sid, statement.actions) == ("OwnRoles", ["iam:PutUserPolicy"])


def test_a_protected_principal_that_is_no_arn_is_an_error() -> None:
    with pytest.raises(ValueError, match="'owner' is no ARN"):
        deny_principals([PUT], own_roles=["arn"], protected=["owner"])

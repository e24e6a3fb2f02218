"""What no role may do is denied whatever it is allowed later; the rest is of this account."""

from typing import Any

import pytest

from lambdas.policy.actions import Level, action_list, levels
from stacks.denied import NEVER
from tests.stacks.synthesized import ROLES, Template, listed, synthesized
from tests.stacks.templated import resolved

HOME = "123456789012"
ELSEWHERE = {
    "arn:aws:cloudtrail:*:*:trail/*": "an organisation's trail is the management account's",
    "arn:aws:iam::aws:policy/*": "AWS's own policies are of no account",
}
"""What a role may read that is not of this account, each with the reason."""


def never(role: str, of: Template) -> dict[str, Any]:
    [found] = [each for each in of.statements(role) if each.get("Sid") == "Never"]
    return found


@pytest.mark.parametrize("action", sorted(NEVER))
def test_what_is_denied_is_an_action_that_changes_something(action: str) -> None:
    [reached] = levels(action).values()
    assert reached <= {Level.PERMISSIONS, Level.WRITE, Level.TAGGING}


@pytest.mark.parametrize("verb", ["accept", "add", "create", "enable", "reset", "upload"])
def test_whatever_iam_can_make_is_denied_but_a_name(verb: str) -> None:
    names = " ".join(action_list().services["iam"].values()).split()
    made = {f"iam:{name}" for name in names if name.startswith(verb)}
    assert made - {action.lower() for action in NEVER} <= {"iam:createaccountalias"}
    assert made


def test_there_is_nothing_that_no_test_looks_at(whole: Template) -> None:
    assert [name[: -len("12345678")] for name in sorted(whole.each("AWS::IAM::Role"))] == ROLES


@pytest.mark.parametrize("role", [role for role in ROLES if role != "UndoRole"])
def test_who_does_not_undo_is_denied_all_of_it(role: str, whole: Template) -> None:
    denied = never(role, whole)
    assert (denied["Effect"], denied["Resource"]) == ("Deny", "*")
    assert {*denied["Action"]} == NEVER


@pytest.mark.parametrize(
    "response", [{"default": "revert"}, {"default": "alert", "trail": "revert"}]
)
def test_who_undoes_is_denied_all_but_what_reverts_need(response: dict[str, str]) -> None:
    template = synthesized(**response)
    denied, allowed = {*never("UndoRole", template)["Action"]}, template.allowed("UndoRole")
    assert NEVER - denied == NEVER & allowed
    assert {"sts:AssumeRole", "iam:CreateUser", "lambda:UpdateFunctionCode"} <= denied


def test_own_policies_are_denied_with_own_roles(whole: Template) -> None:
    """A role's policy that is too long for one stands in a managed one, which has versions."""
    [own] = [each for each in resolved("UndoRole", whole) if each.get("Sid") == "OwnRoles"]
    assert {
        f"arn:aws:iam::{HOME}:policy/Snapback-*",
        f"arn:aws:iam::{HOME}:role/Snapback-*",
    } <= {*own["Resource"]}
    assert {"iam:CreatePolicyVersion", "iam:PassRole"} <= {*own["Action"]}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_passed_to_cloudtrail_only(role: str, whole: Template) -> None:
    passing = [
        each["Condition"]
        for each in whole.statements(role)
        if each["Effect"] == "Allow" and "iam:PassRole" in listed(each, "Action")
    ]
    to_cloudtrail = {"StringEquals": {"iam:PassedToService": "cloudtrail.amazonaws.com"}}
    assert passing == ([to_cloudtrail] if role == "UndoRole" else [])


@pytest.mark.parametrize("role", ROLES)
def test_what_is_allowed_is_of_this_account(role: str, whole: Template) -> None:
    """The account in the ARN says what aws:ResourceAccount would."""
    named = {
        resource
        for each in resolved(role, whole)
        if each["Effect"] == "Allow"
        for resource in listed(each, "Resource")
    }
    assert [each for each in named - {"*", *ELSEWHERE} if each.split(":")[4] != HOME] == []


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_of_this_account_is_only_read(role: str, whole: Template) -> None:
    actions = {
        action
        for each in resolved(role, whole)
        if each["Effect"] == "Allow" and {*listed(each, "Resource")} & {*ELSEWHERE}
        for action in listed(each, "Action")
    }
    assert [
        each for each in actions if not each.partition(":")[2].startswith(("Get", "List"))
    ] == []


ANY = "which one of them is changed is known only then; protected ones and our own are denied"
UNLIMITED = {
    "*": "the account's alias, password policy and token settings have no resource",
    f"arn:aws:iam::{HOME}:user/*": ANY,
    f"arn:aws:iam::{HOME}:group/*": ANY,
    f"arn:aws:iam::{HOME}:role/*": ANY,
    f"arn:aws:iam::{HOME}:policy/*": ANY,
    f"arn:aws:iam::{HOME}:instance-profile/*": ANY,
    f"arn:aws:iam::{HOME}:oidc-provider/*": ANY,
    f"arn:aws:iam::{HOME}:saml-provider/*": ANY,
    f"arn:aws:iam::{HOME}:delegation-request/*": ANY,
    f"arn:aws:cloudtrail:*:{HOME}:trail/*": "any trail may be stopped, in any region",
    f"arn:aws:cloudtrail:*:{HOME}:eventdatastore/*": "any store may be weakened, in any region",
    f"arn:aws:events:*:{HOME}:rule/Snapback*": "our own watches, by how their names begin",
    f"arn:aws:events:*:{HOME}:rule/snapback*": "our own watches of further regions",
    f"arn:aws:lambda:us-east-1:{HOME}:function:Snapback*": "our own functions",
    f"arn:aws:lambda:us-east-1:{HOME}:function:snapback*": "our own functions",
}
"""What is written to without a condition although it is more than one thing, and why.

The keys that IAM offers for the other writes are iam:PolicyARN and iam:PassedToService. With
iam:PermissionsBoundary a write could be limited to whom a certain policy bounds: whom a change is
undone of is bound by any or none.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""
LIMITING = {
    "aws:ResourceAccount",
    "iam:PassedToService",
    "iam:PermissionsBoundary",
    "iam:PolicyARN",
}


def is_limited(statement: dict[str, Any]) -> bool:
    conditions = statement.get("Condition", {}).values()
    return any(LIMITING & keys.keys() for keys in conditions)


def writes(action: str) -> bool:
    [reached] = levels(action).values()
    return bool(reached & {Level.PERMISSIONS, Level.WRITE, Level.TAGGING})


def test_what_is_written_to_more_than_one_thing_has_a_condition_or_a_reason(
    whole: Template,
) -> None:
    wide = {
        resource
        for role in ROLES
        for each in resolved(role, whole)
        if each["Effect"] == "Allow" and not is_limited(each)
        if any(map(writes, listed(each, "Action")))
        for resource in listed(each, "Resource")
        if "*" in resource and ":log-group:" not in resource
    }
    assert wide == UNLIMITED.keys()


def test_a_log_group_is_written_to_by_one_role(whole: Template) -> None:
    """Its ARN ends in a wildcard, which means its streams."""
    groups = [
        resource
        for role in ROLES
        for each in resolved(role, whole)
        for resource in listed(each, "Resource")
        if ":log-group:" in resource
    ]
    assert len({*groups}) == len(groups) == len(ROLES)

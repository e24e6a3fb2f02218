"""The undoing role's boundary is what its own policies allow, and fits where it has to."""

import json
from typing import Any

import pytest

from cli.assess_line import given
from cli.assessed import Assessed
from tests.stacks.synthesized import Template, listed, settled
from tests.stacks.templated import GOV, HOME, Where, resolved, resolved_boundary

ACCOUNT = "arn:aws:iam::123456789012:"
MOST = 6144
"""Characters of a managed policy, white space not counted.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""
NAMES = 100
"""What CloudFormation adds to the names of a queue, a topic, a function and a log group."""
EVERYTHING = {"response": {"default": "revert"}, "quarantine": True, "revokeSessions": True}
ADMINISTRATOR = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
Granted = set[tuple[str, str, str]]
"""Action, resource and condition."""


def granted(statements: list[dict[str, Any]]) -> Granted:
    return {
        (action, resource, json.dumps(each.get("Condition")))
        for each in statements
        if each["Effect"] == "Allow"
        for action in listed(each, "Action")
        for resource in listed(each, "Resource")
    }


def of_boundary(resource: str) -> str:
    """The same without the kinds of IAM, and with a function by the beginning of its name."""
    if resource.startswith(ACCOUNT):
        return f"{ACCOUNT}*"
    return f"{resource}-*" if ":function:" in resource and "*" not in resource else resource


@pytest.mark.parametrize(
    "settings",
    [EVERYTHING, {"response": {"default": "alert", "trail": "revert"}}],
    ids=["all is undone", "trails alone"],
)
def test_it_allows_what_the_roles_own_policies_do_and_nothing_else(
    settings: dict[str, Any],
) -> None:
    template = settled(settings)
    own = granted(resolved("UndoRole", template))
    assert granted(resolved_boundary("UndoRole", template)) == {
        (action, of_boundary(resource), condition) for action, resource, condition in own
    }


def test_the_kind_that_is_left_out_follows_from_the_action(whole: Template) -> None:
    kinds: dict[str, set[str]] = {}
    for action, resource, _ in granted(resolved("UndoRole", whole)):
        if resource.startswith(ACCOUNT):
            kinds.setdefault(action, set()).add(resource.removeprefix(ACCOUNT))
    assert {action: each for action, each in kinds.items() if len(each) > 1} == {}


@pytest.mark.parametrize("where", [HOME, GOV], ids=["commercial", "the longest names"])
def test_it_fits(where: Where) -> None:
    statements = resolved_boundary("UndoRole", settled(EVERYTHING), where)
    document = {"Version": "2012-10-17", "Statement": statements}
    assert len(json.dumps(document, separators=(",", ":"))) + NAMES <= MOST


def test_own_roles_and_policies_can_only_be_read(whole: Template) -> None:
    [deny] = [each for each in resolved_boundary("UndoRole", whole) if each["Effect"] == "Deny"]
    assert deny["NotAction"] == ["iam:Get*", "iam:List*"]
    assert deny["Resource"] == [f"{ACCOUNT}policy/Snapback-*", f"{ACCOUNT}role/Snapback-*"]


def test_what_is_attached_to_the_role_later_gives_it_nothing(whole: Template) -> None:
    own = {"Version": "2012-10-17", "Statement": resolved("UndoRole", whole)}
    boundary = {"Version": "2012-10-17", "Statement": resolved_boundary("UndoRole", whole)}
    alone, with_more = (
        Assessed.of(
            given(
                json.dumps(
                    {
                        "id": "UndoRole",
                        "principal": "arn:aws:iam::123456789012:role/Snapback-Undo",
                        "identity": [own, *more],
                        "boundary": boundary,
                    }
                )
            )
        )
        for more in ([], [{"Version": "2012-10-17", **ADMINISTRATOR}])
    )
    assert (with_more.as_json()["admin"], with_more.errors) == ("no", ())
    assert {way.path.says for way in with_more.ways} == {way.path.says for way in alone.ways}

"""The organisation's stacks: who may send, who may read, and what the member's function may do."""

import json
from typing import Any

import pytest

from lambdas.settings import from_context
from stacks.account import account
from tests.stacks.synthesized import Template, app_with, listed, synthesized

CENTRAL = {"account": "999988887777", "organization": "o-a1b2c3d4e5"}
BUS = ":999988887777:event-bus/Snapback"


@pytest.fixture(scope="module")
def stacks() -> dict[str, Template]:
    app = app_with({"central": CENTRAL, "response": {"default": "revert"}})
    account(app, from_context(app.node.try_get_context("snapback")))
    return {stack.stack_name: Template(stack.template) for stack in app.synth().stacks}


def test_without_a_central_account_there_is_nothing_of_it() -> None:
    template = synthesized(default="revert")
    assert "Forward" not in json.dumps(template.body)
    assert template.body["Parameters"].keys() == {"BootstrapVersion"}


def test_the_member_needs_no_bootstrap_and_takes_its_code_from_the_central_account(stacks) -> None:
    body = stacks["Snapback"].body
    assert "Parameters" not in body
    assert "Rules" not in body
    buckets = {
        function["Code"]["S3Bucket"]
        for function in stacks["Snapback"].each("AWS::Lambda::Function").values()
    }
    assert buckets == {"snapback-code-999988887777-us-east-1"}


def test_what_forwards_may_only_send_to_the_central_bus(stacks) -> None:
    template = stacks["Snapback"]
    assert template.allowed("ForwardRole") == {
        "events:PutEvents",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "sqs:SendMessage",
    }
    [put] = [s for s in template.statements("ForwardRole") if s["Action"] == "events:PutEvents"]
    assert BUS in json.dumps(put["Resource"])


def test_the_undoing_function_is_denied_the_role_of_what_forwards(stacks) -> None:
    template = stacks["Snapback"]
    role, _ = template.one("AWS::IAM::Role", "ForwardRole")
    [denied] = [s for s in template.statements("UndoRole") if s.get("Sid") == "OwnRoles"]
    assert {"Fn::GetAtt": [role, "Arn"]} in listed(denied, "Resource")


def test_nobody_outside_the_organisation_may_send_or_read(stacks) -> None:
    template = stacks["SnapbackCentral"]
    _, policy = template.one("AWS::Events::EventBusPolicy")
    everyone: list[Any] = [policy["Statement"]] + [
        statement
        for statement in template.every_statement()
        if statement["Effect"] == "Allow" and statement.get("Principal") in ("*", {"AWS": "*"})
    ]
    assert {json.dumps(each["Action"]) for each in everyone} >= {
        '"events:PutEvents"',
        '"s3:GetObject"',
    }
    of_organization = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    assert all(each["Condition"] == of_organization for each in everyone)


def test_what_tells_centrally_may_only_publish(stacks) -> None:
    assert stacks["SnapbackCentral"].allowed("TellRole") == {
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "sns:Publish",
        "sqs:SendMessage",
    }

"""The organisation's stacks: who may send, who may read, and what the member's function may do."""

import json
from typing import Any

import pytest

from lambdas.settings import from_context
from lambdas.settings.central import TOLD_TOGETHER
from stacks.account import account
from tests.stacks.synthesized import Properties, Template, app_with, listed, synthesized

CENTRAL = {"account": "999988887777", "organization": "o-a1b2c3d4e5"}
BUS = ":999988887777:event-bus/Snapback"


@pytest.fixture(scope="module")
def stacks() -> dict[str, Template]:
    app = app_with({"central": CENTRAL, "response": {"default": "revert"}})
    account(app, from_context(app.node.try_get_context("snapback")))
    return {stack.stack_name: Template(stack.template) for stack in app.synth().stacks}


@pytest.fixture(scope="module")
def central(stacks: dict[str, Template]) -> Template:
    return stacks["SnapbackCentral"]


def mail_queue(central: Template) -> tuple[str, Properties]:
    return central.one("AWS::SQS::Queue", "MailQueue")


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


def test_what_tells_centrally_may_only_take_mails_and_publish(central: Template) -> None:
    assert central.allowed("TellRole") == {
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "sns:Publish",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
    }
    [taking] = [each for each in central.statements("TellRole") if "sqs:" in str(each["Action"])]
    assert listed(taking, "Resource") == [{"Fn::GetAtt": [mail_queue(central)[0], "Arn"]}]


def test_mails_are_taken_together_by_two_runs_at_most(central: Template) -> None:
    _, mapping = central.one("AWS::Lambda::EventSourceMapping")
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": [mail_queue(central)[0], "Arn"]}
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": 2}
    assert (mapping["BatchSize"], mapping["MaximumBatchingWindowInSeconds"]) == (TOLD_TOGETHER, 5)


def test_a_mail_is_tried_for_an_hour_and_then_kept(central: Template) -> None:
    _, queue = mail_queue(central)
    redrive = queue["RedrivePolicy"]
    assert redrive["maxReceiveCount"] * queue["VisibilityTimeout"] >= 60 * 60
    assert redrive["deadLetterTargetArn"]["Fn::GetAtt"][0].startswith("FunctionDeadLettersQueue")


def test_nobody_but_the_rule_puts_mails_into_the_queue(central: Template) -> None:
    name, queue = mail_queue(central)
    rule, _ = central.one("AWS::Events::Rule")
    [policy] = [
        each["PolicyDocument"]["Statement"]
        for each in central.each("AWS::SQS::QueuePolicy").values()
        if each["Queues"] == [{"Ref": name}]
    ]
    this_rule = {"aws:SourceArn": {"Fn::GetAtt": [rule, "Arn"]}}
    [allowed] = [each for each in policy if each["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "events.amazonaws.com"}
    assert allowed["Condition"] == {"ArnEquals": this_rule}
    [others] = [each for each in policy if each.get("Sid") == "OnlyTheRuleSends"]
    assert (others["Effect"], others["Principal"]) == ("Deny", {"AWS": "*"})
    assert (others["Action"], others["Condition"]) == (
        "sqs:SendMessage",
        {"ArnNotEquals": this_rule},
    )
    [clear] = [each for each in policy if "Bool" in each.get("Condition", {})]
    assert (clear["Effect"], clear["Condition"]) == (
        "Deny",
        {"Bool": {"aws:SecureTransport": "false"}},
    )
    assert queue["SqsManagedSseEnabled"] is True


def test_mails_that_wait_raise_an_alarm_after_their_second_try(central: Template) -> None:
    name, queue = mail_queue(central)
    _, alarm = central.one("AWS::CloudWatch::Alarm", "MailQueue")
    assert alarm["MetricName"] == "ApproximateAgeOfOldestMessage"
    assert alarm["Dimensions"] == [
        {"Name": "QueueName", "Value": {"Fn::GetAtt": [name, "QueueName"]}}
    ]
    assert queue["VisibilityTimeout"] < alarm["Threshold"] == 600
    assert alarm["TreatMissingData"] == "notBreaching"

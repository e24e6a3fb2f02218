"""Stacks that are deployed by the API, as the CDK command line does."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.account import Sandbox
from tests.sandbox.assemblies import allow, document, role

QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 30}}
TABLE = {
    "Type": "AWS::DynamoDB::Table",
    "DeletionPolicy": "Retain",
    "Properties": {
        "TableName": "kept",
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
    },
}
RULE = {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"source": ["aws.iam"]}}}
KEY_POLICY = document({**allow("kms:*"), "Principal": {"AWS": "arn:aws:iam::123456789012:root"}})


def changed(resource: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {**resource, "Properties": {**resource["Properties"], **properties}}


UPDATED = {
    "a queue with another timeout": (QUEUE, changed(QUEUE, VisibilityTimeout=60)),
    "a table that is protected": (TABLE, changed(TABLE, DeletionProtectionEnabled=True)),
    "a rule with another pattern": (
        RULE,
        changed(RULE, EventPattern={"source": ["aws.sts"]}),
    ),
    "a topic with another name in mails": (
        {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "a"}},
        {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "b"}},
    ),
    "a key that is rotated": (
        {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": KEY_POLICY}},
        {
            "Type": "AWS::KMS::Key",
            "Properties": {"KeyPolicy": KEY_POLICY, "EnableKeyRotation": True},
        },
    ),
    "a log group that keeps its lines for longer": (
        {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 7}},
        {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 30}},
    ),
    "a role with another inline policy": (role(allow("s3:GetObject")), role(allow("sns:Publish"))),
    "a managed policy with another text": (
        {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"PolicyDocument": document(allow("s3:GetObject"))},
        },
        {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"PolicyDocument": document(allow("sns:Publish"))},
        },
    ),
}


class Cloudformation:
    """The API, for stacks of one name."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.client = sandbox.operator.client("cloudformation")

    def prepare(self, kind: str, resources: dict[str, Any], **more: Any) -> Any:
        """A change set, described."""
        template = {"Resources": resources, **more.pop("template", {})}
        self.client.create_change_set(
            StackName="small",
            ChangeSetName="change",
            ChangeSetType=kind,
            TemplateBody=json.dumps(template),
            **more,
        )
        return self.client.describe_change_set(StackName="small", ChangeSetName="change")

    def execute(self) -> Any:
        """The stack afterwards."""
        self.client.execute_change_set(StackName="small", ChangeSetName="change")
        self.client.delete_change_set(StackName="small", ChangeSetName="change")
        return self.client.describe_stacks(StackName="small")["Stacks"][0]

    def deploy(self, kind: str, resources: dict[str, Any], **more: Any) -> Any:
        self.prepare(kind, resources, **more)
        return self.execute()

    def ids(self) -> dict[str, str]:
        found = self.client.describe_stack_resources(StackName="small")["StackResources"]
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in found}


@pytest.fixture
def sandbox():
    with Sandbox() as running:
        yield running


@pytest.fixture
def cloudformation(sandbox):
    return Cloudformation(sandbox)


@pytest.mark.parametrize(("before", "after"), UPDATED.values(), ids=UPDATED.keys())
def test_what_changes_stays_what_it_was(cloudformation, before, after):
    cloudformation.deploy("CREATE", {"It": before})
    first = cloudformation.ids()
    [change] = cloudformation.prepare("UPDATE", {"It": after})["Changes"]
    assert change["ResourceChange"]["Replacement"] == "False"
    assert cloudformation.execute()["StackStatus"] == "UPDATE_COMPLETE"
    assert cloudformation.ids() == first


def test_the_messages_of_a_queue_that_changes_stay(sandbox, cloudformation):
    cloudformation.deploy("CREATE", {"It": QUEUE})
    client, url = sandbox.operator.client("sqs"), cloudformation.ids()["It"]
    client.send_message(QueueUrl=url, MessageBody="owed")
    cloudformation.deploy("UPDATE", {"It": changed(QUEUE, VisibilityTimeout=60)})
    assert client.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "owed"
    attributes = client.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    assert attributes["Attributes"]["VisibilityTimeout"] == "60"


def test_a_replacement_is_announced_and_not_made(sandbox, cloudformation):
    cloudformation.deploy("CREATE", {"It": TABLE})
    [change] = cloudformation.prepare("UPDATE", {"It": changed(TABLE, TableName="b")})["Changes"]
    assert change["ResourceChange"]["Replacement"] == "True"
    with pytest.raises(ClientError, match="replaces no resource of a stack: It"):
        cloudformation.execute()
    sandbox.front.hooks.problems.clear()


def test_what_a_stack_leaves_behind_is_in_the_way(cloudformation):
    cloudformation.deploy("CREATE", {"It": TABLE})
    cloudformation.client.delete_stack(StackName="small")
    stack = cloudformation.deploy("CREATE", {"Queue": QUEUE, "It": TABLE})
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    events = cloudformation.client.describe_stack_events(StackName="small")["StackEvents"]
    reasons = [each.get("ResourceStatusReason", "") for each in events]
    assert any("Table already exists: kept" in reason for reason in reasons)


def test_what_a_stack_leaves_behind_is_imported_as_it_is(sandbox, cloudformation):
    cloudformation.deploy("CREATE", {"It": TABLE})
    item = {"pk": {"S": "remembered"}}
    sandbox.operator.client("dynamodb").put_item(TableName="kept", Item=item)
    cloudformation.client.delete_stack(StackName="small")
    made = cloudformation.prepare("CREATE", {"It": TABLE}, ImportExistingResources=True)
    assert [each["ResourceChange"]["Action"] for each in made["Changes"]] == ["Import"]
    cloudformation.execute()
    found = sandbox.operator.client("dynamodb").get_item(TableName="kept", Key=item)
    assert found["Item"] == item
    assert cloudformation.ids() == {"It": "kept"}


def test_the_stack_has_outputs_and_its_parameters_stay(sandbox, cloudformation):
    sandbox.operator.client("ssm").put_parameter(Name="/v", Value="7", Type="String")
    parameter = {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/v"}
    template = {
        "Parameters": {"Version": parameter},
        "Outputs": {"Out": {"Value": {"Ref": "Version"}}},
    }
    stack = cloudformation.deploy("CREATE", {"It": QUEUE}, template=template)
    assert stack["Outputs"][0]["OutputValue"] == "7"
    stack = cloudformation.deploy(
        "UPDATE",
        {"It": changed(QUEUE, VisibilityTimeout=60)},
        template=template,
        Parameters=[{"ParameterKey": "Version", "UsePreviousValue": True}],
    )
    assert stack["Outputs"][0]["OutputValue"] == "7"


def test_a_change_set_that_nobody_made(cloudformation):
    cloudformation.deploy("CREATE", {"It": QUEUE})
    cloudformation.client.delete_change_set(StackName="small", ChangeSetName="no")
    with pytest.raises(ClientError, match=r"ChangeSet \[no\] does not exist"):
        cloudformation.client.describe_change_set(StackName="small", ChangeSetName="no")


def test_nothing_to_change_is_said(cloudformation):
    cloudformation.deploy("CREATE", {"It": QUEUE})
    said = cloudformation.prepare("UPDATE", {"It": QUEUE})
    assert (said["Status"], said["Changes"]) == ("FAILED", [])
    assert "didn't contain changes" in said["StatusReason"]


def test_what_cannot_be_deployed_is_named(sandbox, cloudformation):
    odd = {"Type": "AWS::Chatbot::SlackChannelConfiguration", "Properties": {}}
    with pytest.raises(ClientError, match="the sandbox cannot deploy Odd"):
        cloudformation.prepare("CREATE", {"Odd": odd})
    sandbox.front.hooks.problems.clear()

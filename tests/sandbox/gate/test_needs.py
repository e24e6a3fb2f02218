"""What calls need: the action and the real ARN, from the Service Authorization Reference."""

from typing import Any

import botocore.session
import pytest

from sandbox.front import Front
from sandbox.gate import gate
from sandbox.gate.errors import UnknownActionError
from sandbox.gate.needs import NEEDS

ACCOUNT = "123456789012"
USER = f"arn:aws:iam::{ACCOUNT}:user"
POLICY = f"arn:aws:iam::{ACCOUNT}:policy/p"
TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail"
TABLE = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table"
QUEUE = f"https://sqs.us-east-1.amazonaws.com/{ACCOUNT}/q"
BUS = f"arn:aws:events:us-east-1:{ACCOUNT}"
STREAM = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/lambda/f:log-stream:s"


def needs(service: str, operation: str, parameters: dict[str, Any]) -> list[tuple[str, str]]:
    request = gate.Request(
        service=service,
        operation=operation,
        parameters=parameters,
        region="us-east-1",
        account=ACCOUNT,
        role="arn:aws:iam::123456789012:role/r",
        session="arn:aws:sts::123456789012:assumed-role/r/s",
    )
    return [(need.action, need.resource) for need in gate.needs_of(request)]


@pytest.mark.usefixtures("front")
@pytest.mark.parametrize(
    ("service", "operation", "parameters", "expected"),
    [
        pytest.param("sts", "GetCallerIdentity", {}, [], id="asking who one is needs nothing"),
        pytest.param(
            "iam",
            "GetUser",
            {"UserName": "nobody"},
            [("iam:GetUser", f"{USER}/nobody")],
            id="a user who does not exist has no path",
        ),
        pytest.param(
            "iam",
            "AttachUserPolicy",
            {"UserName": "nobody", "PolicyArn": POLICY},
            [("iam:AttachUserPolicy", f"{USER}/nobody")],
            id="attaching needs the user, not the policy",
        ),
        pytest.param(
            "iam",
            "AddUserToGroup",
            {"UserName": "u", "GroupName": "g"},
            [("iam:AddUserToGroup", f"arn:aws:iam::{ACCOUNT}:group/g")],
            id="a membership needs the group, not the user",
        ),
        pytest.param(
            "iam",
            "GetPolicyVersion",
            {"PolicyArn": POLICY, "VersionId": "v1"},
            [("iam:GetPolicyVersion", POLICY)],
            id="a version needs its policy",
        ),
        pytest.param(
            "iam",
            "CreateRole",
            {"RoleName": "r", "Path": "/a/"},
            [("iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/a/r")],
            id="a new role has the path it is given",
        ),
        pytest.param(
            "cloudtrail",
            "StartLogging",
            {"Name": "t"},
            [("cloudtrail:StartLogging", f"{TRAIL}/t")],
            id="a trail's name is one of the call's region",
        ),
        pytest.param(
            "cloudtrail",
            "GetEventSelectors",
            {"TrailName": f"{TRAIL}/t"},
            [("cloudtrail:GetEventSelectors", f"{TRAIL}/t")],
            id="a trail's ARN is the trail",
        ),
        pytest.param(
            "cloudtrail",
            "DescribeTrails",
            {},
            [("cloudtrail:DescribeTrails", "*")],
            id="looking at all trails has no resource",
        ),
        pytest.param(
            "dynamodb",
            "Query",
            {"TableName": "t", "IndexName": "i"},
            [("dynamodb:Query", f"{TABLE}/t/index/i")],
            id="a query of an index needs the index",
        ),
        pytest.param(
            "dynamodb",
            "TransactWriteItems",
            {
                "TransactItems": [
                    {"Put": {"TableName": "t"}},
                    {"Put": {"TableName": "t"}},
                    {"ConditionCheck": {"TableName": "u"}},
                ]
            },
            [("dynamodb:PutItem", f"{TABLE}/t"), ("dynamodb:ConditionCheckItem", f"{TABLE}/u")],
            id="a transaction needs what its parts need",
        ),
        pytest.param(
            "dynamodb",
            "BatchGetItem",
            {"RequestItems": {"t": {}, "u": {}}},
            [("dynamodb:BatchGetItem", f"{TABLE}/t"), ("dynamodb:BatchGetItem", f"{TABLE}/u")],
            id="a batch needs each of its tables",
        ),
        pytest.param(
            "sqs",
            "DeleteMessageBatch",
            {"QueueUrl": QUEUE},
            [("sqs:DeleteMessage", f"arn:aws:sqs:us-east-1:{ACCOUNT}:q")],
            id="a queue's batch needs the single action",
        ),
        pytest.param(
            "events",
            "PutEvents",
            {"Entries": [{"EventBusName": "b"}, {}]},
            [
                ("events:PutEvents", f"{BUS}:event-bus/b"),
                ("events:PutEvents", f"{BUS}:event-bus/default"),
            ],
            id="events need each bus they go to",
        ),
        pytest.param(
            "logs",
            "PutLogEvents",
            {"logGroupName": "/aws/lambda/f", "logStreamName": "s"},
            [("logs:PutLogEvents", STREAM)],
            id="log events need their stream",
        ),
        pytest.param(
            "lambda",
            "Invoke",
            {"FunctionName": "f", "Qualifier": "live"},
            [("lambda:InvokeFunction", f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f:live")],
            id="invoking an alias needs the alias",
        ),
    ],
)
def test_needs(
    service: str,
    operation: str,
    parameters: dict[str, Any],
    expected: list[tuple[str, str]],
) -> None:
    assert needs(service, operation, parameters) == expected


def test_a_user_who_exists_is_named_with_the_path(front: Front) -> None:
    front.client("iam").create_user(UserName="pathed", Path="/staff/")
    assert needs("iam", "GetUser", {"UserName": "pathed"}) == [
        ("iam:GetUser", f"{USER}/staff/pathed")
    ]


def test_the_condition_keys_of_a_change_are_the_policy_and_the_targets_boundary(
    front: Front,
) -> None:
    limit = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    front.client("iam").create_user(UserName="bounded", PermissionsBoundary=limit)
    (need,) = NEEDS["iam", "DetachUserPolicy"](
        {"UserName": "bounded", "PolicyArn": POLICY}, gate.Where(ACCOUNT, "us-east-1")
    )
    assert need.context == {"iam:policyarn": POLICY, "iam:permissionsboundary": limit}


def test_publishing_to_an_encrypted_topic_needs_its_key(front: Front) -> None:
    key = front.client("kms").create_key()["KeyMetadata"]["Arn"]
    topic = front.client("sns").create_topic(Name="t", Attributes={"KmsMasterKeyId": key})
    assert needs("sns", "Publish", {"TopicArn": topic["TopicArn"]}) == [
        ("sns:Publish", topic["TopicArn"]),
        ("kms:GenerateDataKey", key),
        ("kms:Decrypt", key),
    ]


def test_receiving_from_an_encrypted_queue_needs_to_decrypt(front: Front) -> None:
    key = front.client("kms").create_key()["KeyMetadata"]
    attributes = {"KmsMasterKeyId": key["KeyId"]}
    url = front.client("sqs").create_queue(QueueName="sealed", Attributes=attributes)["QueueUrl"]
    assert needs("sqs", "ReceiveMessage", {"QueueUrl": url}) == [
        ("sqs:ReceiveMessage", f"arn:aws:sqs:us-east-1:{ACCOUNT}:sealed"),
        ("kms:Decrypt", key["Arn"]),
    ]


def test_an_aws_managed_key_asks_for_nothing(front: Front) -> None:
    attributes = {"KmsMasterKeyId": "alias/aws/sns"}
    topic = front.client("sns").create_topic(Name="managed", Attributes=attributes)
    assert needs("sns", "Publish", {"TopicArn": topic["TopicArn"]}) == [
        ("sns:Publish", topic["TopicArn"])
    ]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "named"),
    [
        pytest.param("iam", "CreateVirtualMFADevice", {}, "CreateVirtualMFADevice", id="a call"),
        pytest.param("ec2", "RunInstances", {}, "ec2:RunInstances", id="a service"),
        pytest.param("iam", "GetUser", {}, "UserName", id="a missing parameter"),
    ],
)
def test_what_the_table_does_not_know_fails_the_run(
    service: str, operation: str, parameters: dict[str, Any], named: str
) -> None:
    with pytest.raises(UnknownActionError, match=named):
        needs(service, operation, parameters)


@pytest.mark.parametrize("row", sorted(NEEDS), ids=":".join)
def test_every_row_is_a_real_operation(row: tuple[str, str]) -> None:
    service, operation = row
    model = botocore.session.get_session().get_service_model(service)
    assert operation in model.operation_names

"""Requests of every protocol in use are parsed into the SDK's own operation and parameters."""

from contextlib import suppress
from typing import Any

import pytest

from sandbox.front import ApiCall, Front


def seen(front: Front, service: str, method: str, parameters: dict[str, Any]) -> ApiCall:
    client = front.client(service, region="eu-west-1" if service == "sqs" else None)
    with suppress(client.exceptions.ClientError):  # what moto answers is not the question here
        getattr(client, method)(**parameters)
    return front.hooks.log[-1].call


@pytest.mark.parametrize(
    ("service", "method", "parameters", "operation"),
    [
        pytest.param("iam", "list_users", {"MaxItems": 5}, "ListUsers", id="query, a number"),
        pytest.param(
            "iam",
            "create_user",
            {"UserName": "u", "Tags": [{"Key": "k", "Value": ""}]},
            "CreateUser",
            id="query, a list",
        ),
        pytest.param("sts", "get_caller_identity", {}, "GetCallerIdentity", id="query, nothing"),
        pytest.param(
            "sns",
            "create_topic",
            {"Name": "t", "Attributes": {"DisplayName": "Snapback"}},
            "CreateTopic",
            id="query, a map",
        ),
        pytest.param(
            "cloudformation", "describe_stacks", {"StackName": "s"}, "DescribeStacks", id="stacks"
        ),
        pytest.param(
            "dynamodb",
            "get_item",
            {"TableName": "t", "Key": {"id": {"S": "a"}}, "ConsistentRead": True},
            "GetItem",
            id="json, nested",
        ),
        pytest.param(
            "dynamodb",
            "put_item",
            {"TableName": "t", "Item": {"raw": {"B": b"\x00\xff"}}},
            "PutItem",
            id="json, bytes",
        ),
        pytest.param("cloudtrail", "stop_logging", {"Name": "trail"}, "StopLogging", id="trails"),
        pytest.param("sqs", "get_queue_url", {"QueueName": "q"}, "GetQueueUrl", id="queues"),
        pytest.param("events", "describe_rule", {"Name": "r"}, "DescribeRule", id="events"),
        pytest.param("kms", "describe_key", {"KeyId": "k"}, "DescribeKey", id="keys"),
        pytest.param(
            "logs",
            "create_log_stream",
            {"logGroupName": "g", "logStreamName": "s"},
            "CreateLogStream",
            id="logs",
        ),
        pytest.param(
            "lambda",
            "invoke",
            {"FunctionName": "f", "InvocationType": "Event", "Payload": b"{}"},
            "Invoke",
            id="rest-json, path, header and body",
        ),
        pytest.param(
            "s3",
            "put_object",
            {"Bucket": "bucket", "Key": "a/b c", "Body": b"text"},
            "PutObject",
            id="rest-xml, bucket and key",
        ),
    ],
)
def test_parsed(
    front: Front, service: str, method: str, parameters: dict[str, Any], operation: str
) -> None:
    call = seen(front, service, method, parameters)
    assert (call.service, call.operation) == (service, operation)
    assert {name: call.parameters.get(name) for name in parameters} == parameters
    assert call.user_agent.startswith("Boto3/")


def test_the_region_is_that_of_the_signature(front: Front) -> None:
    assert seen(front, "sqs", "get_queue_url", {"QueueName": "q"}).region == "eu-west-1"


def test_the_source_address_may_be_named(front: Front) -> None:
    front.client("sts", source_address="192.0.2.7").get_caller_identity()
    assert front.hooks.log[-1].call.source_address == "192.0.2.7"

"""The checks of who may use the topics, queues, table and keys: as deployed, or changed since."""

import json
from collections.abc import Callable, Iterator, Mapping
from shlex import quote
from typing import TYPE_CHECKING, Any

from cli.doctor.documents import same
from cli.doctor.examined import Examined
from cli.doctor.resolving import Resource
from cli.doctor.stack import Stack
from lambdas.service.checking import Found

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient


def policies(examined: Examined) -> Found:
    """Whether the policies of topics, queues and table are those of the template.

    They keep everybody but Snapback from forging a mail, an undo or a record.
    """
    faults, count = {}, 0
    for stack in examined.stacks:
        read = _readers(examined, stack)
        for kind, physical_id, document in _wanted(stack):
            count += 1
            if not _is_as(document, read[kind](physical_id)):
                faults[_short(physical_id)] = _mend(kind, physical_id, document)
    if not faults:
        return Found(f"all {count} policies of topics, queues and table are as deployed")
    says = f"another policy than was deployed is on {', '.join(faults)}"
    return Found(says, tuple(faults.values()), tuple(faults))


def keys(examined: Examined) -> Found:
    """Whether every key can be used, by whom it was deployed for, and is rotated."""
    faults: dict[str, tuple[str, str]] = {}
    count = 0
    for stack in examined.stacks:
        kms = examined.client("kms", stack)
        for resource, properties in stack.each("AWS::KMS::Key"):
            count += 1
            document = stack.place.resolved(properties["KeyPolicy"])
            for says, mend in _of_key(resource, document, kms):
                faults[resource.physical_id] = (says, mend)
    if not faults:
        return Found(f"all {count} keys are enabled, rotated, and open to whom they should be")
    says = "; ".join(f"key {key} {says}" for key, (says, _) in faults.items())
    return Found(says, tuple(mend for _, mend in faults.values()), tuple(faults))


def _of_key(resource: Resource, document: Any, kms: "KMSClient") -> Iterator[tuple[str, str]]:
    """The last fault is the one that is told: without the key nothing else matters."""
    key = f"--key-id {resource.physical_id}"
    if not kms.get_key_rotation_status(KeyId=resource.physical_id)["KeyRotationEnabled"]:
        yield "is not rotated", f"aws kms enable-key-rotation {key}"
    live = kms.get_key_policy(KeyId=resource.physical_id, PolicyName="default")["Policy"]
    if not same(document, live):
        put = f"aws kms put-key-policy {key} --policy-name default --policy {_text(document)}"
        yield "has another policy than was deployed", put
    state = kms.describe_key(KeyId=resource.physical_id)["KeyMetadata"]["KeyState"]
    if state == "PendingDeletion":
        mend = f"aws kms cancel-key-deletion {key} && aws kms enable-key {key}"
        yield "is about to be deleted", mend
    elif state != "Enabled":
        yield f"is {state}", f"aws kms enable-key {key}"


def _wanted(stack: Stack) -> Iterator[tuple[str, str, Any]]:
    """Type, physical id, and the policy that the template has for it."""
    resolved = stack.place.resolved
    for kind, of in (("AWS::SNS::TopicPolicy", "Topics"), ("AWS::SQS::QueuePolicy", "Queues")):
        for _, properties in stack.each(kind):
            for physical_id in resolved(properties[of]):
                yield kind, physical_id, resolved(properties["PolicyDocument"])
    for table, properties in stack.each("AWS::DynamoDB::Table"):
        if "ResourcePolicy" in properties:
            document = resolved(properties["ResourcePolicy"]["PolicyDocument"])
            yield "AWS::DynamoDB::Table", stack.place.attribute(table.logical_id, "Arn"), document


def _readers(examined: Examined, stack: Stack) -> Mapping[str, Callable[[str], str | None]]:
    """Type -> what reads the policy that is there now; None where there is none."""
    sns: SNSClient = examined.client("sns", stack)
    sqs: SQSClient = examined.client("sqs", stack)
    dynamodb: DynamoDBClient = examined.client("dynamodb", stack)

    def of_table(arn: str) -> str | None:
        try:
            return dynamodb.get_resource_policy(ResourceArn=arn)["Policy"]
        except dynamodb.exceptions.PolicyNotFoundException:
            return None

    def of_queue(url: str) -> str | None:
        answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])
        return answer.get("Attributes", {}).get("Policy")

    return {
        "AWS::SNS::TopicPolicy": lambda arn: sns.get_topic_attributes(TopicArn=arn)[
            "Attributes"
        ].get("Policy"),
        "AWS::SQS::QueuePolicy": of_queue,
        "AWS::DynamoDB::Table": of_table,
    }


def _is_as(document: Any, live: str | None) -> bool:
    return bool(live) and same(document, live)


def _mend(kind: str, physical_id: str, document: Any) -> str:
    text = _text(document)
    if kind == "AWS::SNS::TopicPolicy":
        return (
            f"aws sns set-topic-attributes --topic-arn {physical_id} --attribute-name Policy"
            f" --attribute-value {text}"
        )
    if kind == "AWS::SQS::QueuePolicy":
        attributes = quote(json.dumps({"Policy": json.dumps(document, separators=(",", ":"))}))
        return f"aws sqs set-queue-attributes --queue-url {physical_id} --attributes {attributes}"
    return f"aws dynamodb put-resource-policy --resource-arn {physical_id} --policy {text}"


def _short(physical_id: str) -> str:
    return physical_id.rpartition("/")[2].rpartition(":")[2]


def _text(document: Any) -> str:
    return quote(json.dumps(document, separators=(",", ":")))

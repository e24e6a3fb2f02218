"""Who may use topics, queues, table and keys: as deployed, or changed since."""

import json
from typing import Any

import pytest

from cli.doctor.of_policies import keys, policies
from lambdas.service.checking import Found
from tests.cli.doctor.examining import examined, refusal

ROLE = "arn:aws:iam::123456789012:role/role-1"
TOPIC, URL = "arn:aws:sns:us-east-1:123456789012:t", "https://sqs.us-east-1.amazonaws.com/1/undos"


def document(principal: Any) -> dict[str, Any]:
    only = {"Effect": "Deny", "Action": "x", "Condition": {"ArnNotEquals": {"who": principal}}}
    return {"Statement": [only]}


OWN = document({"Fn::GetAtt": ["Role", "Arn"]})
LIVE = json.dumps(document([ROLE]))
RESOURCES = {
    "Role": ("AWS::IAM::Role", "role-1", {}),
    "Topic": ("AWS::SNS::Topic", TOPIC, {}),
    "Queue": ("AWS::SQS::Queue", URL, {}),
    "TopicPolicy": (
        "AWS::SNS::TopicPolicy",
        "p-1",
        {"Topics": [{"Ref": "Topic"}], "PolicyDocument": OWN},
    ),
    "QueuePolicy": (
        "AWS::SQS::QueuePolicy",
        "p-2",
        {"Queues": [{"Ref": "Queue"}], "PolicyDocument": OWN},
    ),
    "Table": ("AWS::DynamoDB::Table", "table-1", {"ResourcePolicy": {"PolicyDocument": OWN}}),
    "Plain": ("AWS::DynamoDB::Table", "table-2", {}),
}


class Exceptions:
    PolicyNotFoundException = type(refusal("PolicyNotFoundException"))


def checked(**answers: Any) -> Found:
    usual = {
        "get_topic_attributes": {"Attributes": {"Policy": LIVE}},
        "get_queue_attributes": {"Attributes": {"Policy": LIVE}},
        "get_resource_policy": {"Policy": LIVE},
    }
    of = examined(RESOURCES, **{**usual, **answers})
    of.session.exceptions = Exceptions
    return policies(of)


def test_policies_as_deployed_are_well() -> None:
    assert checked() == Found("all 3 policies of topics, queues and table are as deployed")


def absent(**_: Any) -> Any:
    raise refusal("PolicyNotFoundException")


@pytest.mark.parametrize(
    ("answers", "part", "mend"),
    [
        pytest.param(
            {"get_topic_attributes": {"Attributes": {"Policy": json.dumps(document("*"))}}},
            "t",
            f"aws sns set-topic-attributes --topic-arn {TOPIC} --attribute-name Policy",
            id="another one on the topic",
        ),
        pytest.param(
            {"get_queue_attributes": {}},
            "undos",
            f"aws sqs set-queue-attributes --queue-url {URL} --attributes",
            id="none on the queue",
        ),
        pytest.param(
            {"get_resource_policy": absent},
            "table-1",
            "aws dynamodb put-resource-policy --resource-arn"
            " arn:aws:dynamodb:us-east-1:123456789012:table/table-1 --policy",
            id="none on the table",
        ),
    ],
)
def test_a_policy_that_is_not(answers: dict[str, Any], part: str, mend: str) -> None:
    found = checked(**answers)
    assert found.parts == (part,)
    [command] = found.mend
    assert command.startswith(mend)
    assert ROLE in command


KEY = {"Key": ("AWS::KMS::Key", "key-1", {"KeyPolicy": OWN}), "Role": RESOURCES["Role"]}


def key(state: str = "Enabled", *, rotated: bool = True, policy: str = LIVE) -> Found:
    return keys(
        examined(
            KEY,
            describe_key={"KeyMetadata": {"KeyState": state}},
            get_key_rotation_status={"KeyRotationEnabled": rotated},
            get_key_policy={"Policy": policy},
        )
    )


def test_a_key_as_it_was_deployed_is_well() -> None:
    assert key().mend == ()


@pytest.mark.parametrize(
    ("found", "says", "mend"),
    [
        pytest.param(key("Disabled"), "is Disabled", "enable-key", id="disabled"),
        pytest.param(
            key("PendingDeletion"), "deleted", "cancel-key-deletion --key-id key-1", id="going"
        ),
        pytest.param(key(rotated=False), "not rotated", "enable-key-rotation", id="not rotated"),
        pytest.param(
            key(policy=json.dumps(document("*"))), "another policy", "put-key-policy", id="opened"
        ),
        pytest.param(
            key("Disabled", rotated=False), "is Disabled", "enable-key", id="told of the worst"
        ),
    ],
)
def test_a_key_that_is(found: Found, says: str, mend: str) -> None:
    assert found.parts == ("key-1",)
    assert says in found.says
    assert mend in found.mend[0]

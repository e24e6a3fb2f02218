"""Services let in by resource policies, policies set at run time, and grants nobody used."""

import json
from typing import Any

import pytest

from sandbox.front import Front
from sandbox.gate import gate, resource_policies
from sandbox.gate.needs.need import Need
from sandbox.gate.usage import Grant
from tests.sandbox.front import roles

QUEUE = "arn:aws:sqs:us-east-1:123456789012:dead-letters"
WATCH = "arn:aws:events:us-east-1:123456789012:rule/watch"


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def service_grant(service: str, **condition: Any) -> dict[str, Any]:
    grant = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sqs:SendMessage",
        "Resource": QUEUE,
    }
    return grant | ({"Condition": condition} if condition else {})


@pytest.mark.usefixtures("front")
@pytest.mark.parametrize(
    ("statements", "allowed"),
    [
        pytest.param([service_grant("events.amazonaws.com")], True, id="its own grant"),
        pytest.param(
            [service_grant("events.amazonaws.com", ArnEquals={"aws:SourceArn": WATCH})],
            True,
            id="its own grant for this rule",
        ),
        pytest.param(
            [service_grant("events.amazonaws.com", ArnEquals={"aws:SourceArn": WATCH + "-2"})],
            False,
            id="a grant for another rule",
        ),
        pytest.param([service_grant("sns.amazonaws.com")], False, id="another service's grant"),
        pytest.param(
            [
                service_grant("events.amazonaws.com"),
                {
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "sqs:*",
                    "Resource": QUEUE,
                    "Condition": {"Bool": {"aws:PrincipalIsAWSService": "false"}},
                },
            ],
            True,
            id="a Deny of everyone who is no service",
        ),
        pytest.param(
            [
                service_grant("events.amazonaws.com"),
                {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": QUEUE},
            ],
            False,
            id="a Deny of everyone",
        ),
        pytest.param(None, False, id="no policy"),
    ],
)
def test_a_service_is_let_in_by(statements: list[dict[str, Any]] | None, allowed: bool) -> None:
    resource_policies.register(QUEUE, None if statements is None else document(*statements))
    decision = gate.service_may(
        "events.amazonaws.com",
        Need("sqs:SendMessage", QUEUE),
        account="123456789012",
        source_arn=WATCH,
    )
    assert decision.allowed is allowed


def test_a_topics_policy_is_kept_when_it_is_set(front: Front) -> None:
    topic = front.client("sns").create_topic(Name="kept")["TopicArn"]
    text = document({"Effect": "Deny", "Principal": "*", "Action": "sns:*", "Resource": topic})
    front.client("sns").set_topic_attributes(
        TopicArn=topic, AttributeName="Policy", AttributeValue=text
    )
    assert resource_policies.registered(topic) == text


def test_another_attribute_of_a_topic_is_no_policy(front: Front) -> None:
    topic = front.client("sns").create_topic(Name="named")["TopicArn"]
    front.client("sns").set_topic_attributes(
        TopicArn=topic, AttributeName="DisplayName", AttributeValue="Snapback"
    )
    assert resource_policies.registered(topic) is None


def test_a_tables_policy_is_kept_and_taken_away(front: Front) -> None:
    client = front.client("dynamodb")
    table = client.create_table(
        TableName="kept",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )["TableDescription"]["TableArn"]
    text = document({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": table})
    client.put_resource_policy(ResourceArn=table, Policy=text)
    kept = resource_policies.registered(table)
    client.delete_resource_policy(ResourceArn=table)
    assert (kept, resource_policies.registered(table)) == (text, None)


def test_a_tables_policy_speaks_of_its_indexes_too(front: Front) -> None:
    table = "arn:aws:dynamodb:us-east-1:123456789012:table/indexed"
    statement = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": f"{table}/index/*"}
    resource_policies.register(table, document(statement))
    grant = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    credentials = roles.function(front, "queries", grant)
    (whole,) = front.ask(credentials, "dynamodb", "Query", {"TableName": "indexed"})
    (index,) = front.ask(
        credentials, "dynamodb", "Query", {"TableName": "indexed", "IndexName": "by-time"}
    )
    assert (whole.allowed, index.allowed) == (True, False)


def test_a_keys_policy_is_the_newest(front: Front) -> None:
    client = front.client("kms")
    key = client.create_key()["KeyMetadata"]
    credentials = roles.function(
        front, "reader", {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}
    )
    ask = ("kms", "Decrypt", {"KeyId": key["Arn"]})
    before = front.ask(credentials, *ask)
    client.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=document())
    after = front.ask(credentials, *ask)
    assert [each.allowed for each in (*before, *after)] == [True, False]


def test_a_grant_that_nobody_used_is_named(front: Front) -> None:
    statement = {
        "Effect": "Allow",
        "Action": ["iam:ListUsers", "iam:Get*"],
        "Resource": ["*", "arn:aws:iam::123456789012:user/*"],
    }
    client = front.client("iam", credentials=roles.function(front, "wide", statement))
    client.list_users()
    role = "arn:aws:iam::123456789012:role/wide"
    assert [grant for grant in front.unused_grants() if grant.role == role] == [
        Grant(role, "iam:Get*", "*"),
        Grant(role, "iam:Get*", "arn:aws:iam::123456789012:user/*"),
        Grant(role, "iam:ListUsers", "arn:aws:iam::123456789012:user/*"),
    ]

"""The topic: encrypted, and no way in for a forged mail."""

from typing import Any

import pytest

from tests.stacks.synthesized import Template, settled


def policy(sid: str, whole: Template) -> dict[str, Any]:
    _, found = whole.one("AWS::SNS::TopicPolicy", "Alerts")
    [statement] = [each for each in found["PolicyDocument"]["Statement"] if each["Sid"] == sid]
    return statement


def test_every_address_is_subscribed() -> None:
    emails = ["security@example.com", "other@example.com"]
    found = settled({"alertEmails": emails}).each("AWS::SNS::Subscription")
    alerts = [each for name, each in found.items() if name.startswith("Alerts")]
    assert [(each["Protocol"], each["Endpoint"]) for each in alerts] == [
        ("email", email) for email in emails
    ]


def test_the_topic_is_encrypted_with_a_key_that_rotates(whole: Template) -> None:
    name, key = whole.one("AWS::KMS::Key", "Alerts")
    assert key["EnableKeyRotation"] is True
    _, topic = whole.one("AWS::SNS::Topic", "Alerts")
    assert topic["KmsMasterKeyId"] == {"Fn::GetAtt": [name, "Arn"]}


def test_nobody_but_the_functions_and_aws_services_may_publish(whole: Template) -> None:
    denied = policy("OnlySnapbackPublishes", whole)
    sending = [name for name in whole.each("AWS::IAM::Role") if not name.startswith("Canary")]
    roles = [{"Fn::GetAtt": [name, "Arn"]} for name in sending]
    assert (denied["Effect"], denied["Principal"]) == ("Deny", {"AWS": "*"})
    assert denied["Condition"] == {
        "ArnNotEquals": {"aws:PrincipalArn": roles},
        "Bool": {"aws:PrincipalIsAWSService": "false"},
    }


def test_nothing_is_published_in_the_clear(whole: Template) -> None:
    denied = policy("AllowPublishThroughSSLOnly", whole)
    assert denied["Effect"] == "Deny"
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


@pytest.mark.parametrize("role", ["EvaluateRole", "SweepRole", "UndoRole"])
def test_who_publishes_may_use_the_key(role: str, whole: Template) -> None:
    assert {"sns:Publish", "kms:Decrypt", "kms:GenerateDataKey"} <= whole.allowed(role)

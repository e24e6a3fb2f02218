"""The alarms' topic: none of the functions has a part in it, and every alarm goes there."""

from typing import Any

import pytest

from tests.stacks.synthesized import Properties, Template, settled


def alarms(whole: Template) -> dict[str, Properties]:
    return whole.each("AWS::CloudWatch::Alarm")


def policy(sid: str, whole: Template) -> dict[str, Any]:
    _, found = whole.one("AWS::SNS::TopicPolicy", "Alarms")
    [statement] = [each for each in found["PolicyDocument"]["Statement"] if each["Sid"] == sid]
    return statement


def test_every_address_is_subscribed_to_both_topics() -> None:
    emails = ["security@example.com", "other@example.com"]
    found = settled({"alertEmails": emails})
    assert len(found.each("AWS::SNS::Topic")) == 2
    assert {
        (each["TopicArn"]["Ref"], each["Endpoint"])
        for each in found.each("AWS::SNS::Subscription").values()
    } == {(topic, email) for topic in found.each("AWS::SNS::Topic") for email in emails}


def test_it_has_a_key_of_its_own(whole: Template) -> None:
    used = {each["KmsMasterKeyId"]["Fn::GetAtt"][0] for each in topics(whole).values()}
    assert used == {*whole.each("AWS::KMS::Key")}
    assert len(used) == 2


def topics(whole: Template) -> dict[str, Properties]:
    return whole.each("AWS::SNS::Topic")


def test_no_role_is_given_anything_there(whole: Template) -> None:
    key, _ = whole.one("AWS::KMS::Key", "Alarms")
    topic, _ = whole.one("AWS::SNS::Topic", "Alarms")
    given = [
        statement
        for role in whole.each("AWS::IAM::Role")
        for statement in whole.statements(role)
        if statement["Effect"] == "Allow"
    ]
    assert [each for each in given if key in str(each) or topic in str(each)] == []


def test_nobody_but_aws_services_may_publish(whole: Template) -> None:
    denied = policy("OnlyServicesPublish", whole)
    assert (denied["Effect"], denied["Principal"]) == ("Deny", {"AWS": "*"})
    assert denied["Condition"] == {"Bool": {"aws:PrincipalIsAWSService": "false"}}


def test_alarms_of_this_account_may_publish(whole: Template) -> None:
    allowed = policy("AlarmsPublish", whole)
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }


def test_alarms_may_use_the_key(whole: Template) -> None:
    _, key = whole.one("AWS::KMS::Key", "Alarms")
    [allowed] = [
        each for each in key["KeyPolicy"]["Statement"] if each.get("Sid") == "AlarmsEncrypt"
    ]
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]


def test_nothing_is_published_in_the_clear(whole: Template) -> None:
    denied = policy("AllowPublishThroughSSLOnly", whole)
    assert denied["Effect"] == "Deny"
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_every_alarm_goes_there_and_nowhere_else(whole: Template) -> None:
    topic, _ = whole.one("AWS::SNS::Topic", "Alarms")
    assert [each["AlarmActions"] for each in alarms(whole).values()] == [[{"Ref": topic}]] * len(
        alarms(whole)
    )
    assert all(each.get("ActionsEnabled", True) is True for each in alarms(whole).values())


@pytest.mark.parametrize("beginning", ["FunctionDeadLetters", "WatchErrors", "Heartbeat"])
def test_only_the_heartbeat_is_mailed_when_it_is_back(beginning: str, whole: Template) -> None:
    _, alarm = whole.one("AWS::CloudWatch::Alarm", beginning)
    topic, _ = whole.one("AWS::SNS::Topic", "Alarms")
    ends = [{"Ref": topic}] if beginning == "Heartbeat" else None
    assert alarm.get("OKActions") == ends


def test_every_alarm_says_what_is_wrong(whole: Template) -> None:
    said = [each["AlarmDescription"] for each in alarms(whole).values()]
    assert len({*said}) == len(said)
    assert all("Snapback" in each and each.endswith(".") for each in said)

"""A storm: what finds no slot to be mailed waits for the clock, which tells of all in one mail."""

import time
from datetime import UTC, datetime

import pytest

from cli.stage import SETTINGS
from lambdas.aws.items import item, key
from lambdas.aws.table import Table

AHEAD = 45
"""Seconds of which others have taken each slot."""


def signed_in(number):
    return {
        "eventVersion": "1.11",
        "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::123456789012:user/eve"},
        "eventTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": "signin.amazonaws.com",
        "eventName": "ConsoleLogin",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "192.0.2.7",
        "userAgent": "test",
        "requestParameters": None,
        "responseElements": {"ConsoleLogin": "Success"},
        "additionalEventData": {"MFAUsed": "No"},
        "eventID": f"storm-{number}",
        "readOnly": False,
        "eventType": "AwsConsoleSignIn",
        "managementEvent": True,
        "recipientAccountId": "123456789012",
        "eventCategory": "Management",
    }


@pytest.fixture
def taken(stage):
    """Slots that many other mails have taken, until they are given back.

    What the clock had to tell of other tests' doings is told before.
    """
    stage.sandbox.invoke(stage.outputs["WatchFunctionName"], {})
    stage.settle()
    table = Table(stage.sandbox.operator.client("dynamodb"), stage.outputs["TableName"])
    first, many = int(time.time()) * SETTINGS["mailsPerSecond"], SETTINGS["mailsPerSecond"] * AHEAD
    numbers = [f"mail#{number}" for number in range(first, first + many)]
    table.write(put=[item(each, "slot") for each in numbers])
    return lambda: table.write(delete=[key(each, "slot") for each in numbers])


def test_many_in_one_moment_are_one_mail_and_as_many_records(stage, taken):
    sandbox = stage.sandbox
    failed, mailed, before = len(sandbox.failures), len(sandbox.mailbox), len(sandbox.invocations)
    for number in range(4):
        sandbox.put_record(signed_in(number))
    stage.settle()
    assert sandbox.mailbox[mailed:] == []
    incidents = stage.incidents(sandbox.invocations[before:])
    assert [str(each.alert) for each in incidents] == ["put off"] * 4
    taken()
    sandbox.invoke(stage.outputs["WatchFunctionName"], {})
    stage.settle()
    (mail,) = sandbox.mailbox[mailed:]
    assert mail.subject.startswith("[MEDIUM] 4 incidents told together")
    assert all(each.id in mail.body for each in incidents)
    assert {str(each.alert) for each in map(stage.records.incident, (i.id for i in incidents))} == {
        "sent"
    }
    assert len(sandbox.failures) == failed

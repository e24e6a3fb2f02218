"""The canary's way: flown by one handler, heard by another, measured, and told to nobody."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from lambdas.aws import clients
from lambdas.aws.records import TableRecords
from lambdas.model.canary import TAG
from tests.aws.conftest import TABLE
from tests.aws.records_of_cloudtrail import event, record
from tests.handlers.conftest import Context, Start

ROLE = "arn:aws:iam::123456789012:role/Snapback-CanaryRole"
DOCUMENT = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*"}],
}


@pytest.fixture
def policy(function: Start, monkeypatch: pytest.MonkeyPatch) -> str:
    made = clients.iam().create_policy(
        PolicyName="Snapback-CanaryPolicy", PolicyDocument=json.dumps(DOCUMENT)
    )
    arn = made["Policy"]["Arn"]
    monkeypatch.setenv("CANARY_POLICY_ARN", arn)
    monkeypatch.setenv("CANARY_ROLE_ARN", ROLE)
    return arn


def tagged(policy: str, value: str) -> dict[str, Any]:
    return event(
        record(
            eventName="TagPolicy",
            eventTime=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            requestParameters={"policyArn": policy, "tags": [{"key": TAG, "value": value}]},
            userIdentity={
                "type": "AssumedRole",
                "arn": "arn:aws:sts::123456789012:assumed-role/Snapback-CanaryRole/fly",
                "accountId": "123456789012",
                "sessionContext": {"sessionIssuer": {"type": "Role", "arn": ROLE}},
            },
        )
    )


def test_what_flies_is_heard_and_measured(
    function: Start, policy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flown = function("canary").handler({}, Context())["flown"]
    held = clients.iam().list_policy_tags(PolicyArn=policy)["Tags"]
    assert held == [{"Key": TAG, "Value": flown}]
    answer = function("evaluate_change").handler(tagged(policy, flown), Context())
    assert (answer["severity"], answer["alert"], answer["undo"]) == ("info", "none", False)
    assert '"Canaries":[1.0]' in capsys.readouterr().out
    heard = TableRecords(clients.dynamodb(), TABLE).heard()
    assert heard == datetime.fromisoformat(flown)


def test_a_tag_of_another_value_is_told_and_is_no_canary(
    function: Start, policy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    clients.iam().tag_policy(PolicyArn=policy, Tags=[{"Key": TAG, "Value": "red"}])
    answer = function("evaluate_change").handler(tagged(policy, "red"), Context())
    assert answer["alert"] == "sent"
    assert "Canaries" not in capsys.readouterr().out

"""Alarms: raised by what was measured, told through a topic that lets CloudWatch publish."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.account import Sandbox
from sandbox.alarms import CannotEvaluateError
from sandbox.delivery import UndeliverableError
from tests.sandbox.assemblies import function, role, write
from tests.sandbox.handlers import OBEDIENT

BEATING = """
import json, time

def handler(event, context):
    metric = {"Namespace": "Small", "Dimensions": [["service"]], "Metrics": [{"Name": "Beat"}]}
    about = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [metric]}
    print("no measure, though it says \\"_aws\\"")
    print(json.dumps({"_aws": about, "service": "small", "Beat": [1.0]}))
"""
TOPIC = {"Ref": "Topic"}


def alarm(name: str, **properties: Any) -> Any:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": name,
            "AlarmDescription": f"what {name} says",
            "AlarmActions": [TOPIC],
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "Threshold": 1,
            "EvaluationPeriods": 1,
            "TreatMissingData": "notBreaching",
            **properties,
        },
    }


def measured(namespace: str, name: str, dimension: tuple[str, str], statistic: str) -> Any:
    dimensions = [{"Name": dimension[0], "Value": dimension[1]}]
    metric = {"Namespace": namespace, "MetricName": name, "Dimensions": dimensions}
    return {**metric, "Statistic": statistic, "Period": 300}


def grows(expression: str) -> Any:
    name = "ApproximateNumberOfMessagesVisible"
    asked = measured("AWS/SQS", name, ("QueueName", "letters"), "Maximum")
    metric = {name: asked[name] for name in ("Namespace", "MetricName", "Dimensions")}
    stat = {"Metric": metric, "Period": 60, "Stat": "Maximum"}
    return {
        "Metrics": [
            {"Id": "letters", "MetricStat": stat, "ReturnData": False},
            {"Id": "told", "Expression": expression, "ReturnData": True},
        ],
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 0,
        "EvaluationPeriods": 5,
        "DatapointsToAlarm": 1,
    }


BEAT = {
    **measured("Small", "Beat", ("service", "small"), "Sum"),
    "Period": 60,
    "ComparisonOperator": "LessThanThreshold",
    "EvaluationPeriods": 5,
    "TreatMissingData": "breaching",
    "OKActions": [TOPIC],
}
RESOURCES = {
    "Role": role(),
    "Failing": function("code", name="failing"),
    "Beating": function("beat", name="beating"),
    "Letters": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "letters"}},
    "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "alarms"}},
    "Mail": {
        "Type": "AWS::SNS::Subscription",
        "Properties": {"TopicArn": TOPIC, "Protocol": "email", "Endpoint": "a@example.com"},
    },
    "Open": {
        "Type": "AWS::SNS::TopicPolicy",
        "Properties": {
            "Topics": [TOPIC],
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": {"Service": "cloudwatch.amazonaws.com"},
                    "Action": "sns:Publish",
                    "Resource": TOPIC,
                },
            },
        },
    },
    "Errors": alarm(
        "errors", **measured("AWS/Lambda", "Errors", ("FunctionName", "failing"), "Sum")
    ),
    "Beat": alarm("beat", **BEAT),
    "Growth": alarm("growth", **grows("DIFF(FILL(letters, 0))")),
}


def deployed(tmp_path: Path, **changed: Any) -> Path:
    resources = {name: each for name, each in {**RESOURCES, **changed}.items() if each}
    code = {"code": {"main.py": OBEDIENT}, "beat": {"main.py": BEATING}}
    return write(tmp_path, resources, code=code)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Any]:
    with Sandbox() as running:
        running.deploy(deployed(tmp_path))
        running.invoke("beating", {})
        yield running


def later(minutes: int) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def subjects(sandbox: Sandbox) -> list[str]:
    return [mail.subject for mail in sandbox.mailbox]


def test_where_all_is_well_nobody_is_told(sandbox: Sandbox) -> None:
    sandbox.invoke("failing", {"do": "answer"})
    assert sandbox.alarmed() == []
    assert sandbox.mailbox == []


def test_a_function_that_fails_is_told_once_until_it_was_well_for_a_while(sandbox: Sandbox) -> None:
    sandbox.invoke("failing", {"do": "fail"})
    assert [sandbox.alarmed(), sandbox.alarmed()] == [["errors"], ["errors"]]
    (mail,) = sandbox.mailbox
    assert mail.subject == 'ALARM: "errors"'
    assert mail.body.startswith("what errors says")
    assert sandbox.alarmed(later(6)) == ["beat"]
    sandbox.invoke("failing", {"do": "fail"})
    assert sandbox.alarmed() == ["errors"]
    found = sandbox.operator.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert {each["AlarmName"]: each["StateValue"] for each in found}["errors"] == "ALARM"


def test_what_is_not_measured_any_more_is_told_and_its_end_too(sandbox: Sandbox) -> None:
    assert sandbox.alarmed(later(4)) == []
    assert sandbox.alarmed(later(6)) == ["beat"]
    assert sandbox.alarmed() == []
    assert subjects(sandbox) == ['ALARM: "beat"', 'OK: "beat"']


def test_a_queue_is_told_of_when_it_grows_and_not_while_it_is_full(sandbox: Sandbox) -> None:
    sqs = sandbox.operator.client("sqs")
    url = sqs.get_queue_url(QueueName="letters")["QueueUrl"]
    assert sandbox.alarmed() == []
    sqs.send_message(QueueUrl=url, MessageBody="first")
    assert sandbox.alarmed(later(2)) == ["growth"]
    assert "growth" not in sandbox.alarmed(later(20))
    sqs.send_message(QueueUrl=url, MessageBody="second")
    assert "growth" in sandbox.alarmed(later(22))


def test_a_topic_that_does_not_let_cloudwatch_in_is_an_error(tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.deploy(deployed(tmp_path, Open=None))
        with pytest.raises(UndeliverableError, match="may not sns:Publish"):
            sandbox.alarmed()


UNKNOWN = {
    "another formula": grows("RATE(letters)"),
    "another comparison": {**BEAT, "ComparisonOperator": "LessThanLowerThreshold"},
    "missing data that mean nothing": {**BEAT, "TreatMissingData": "ignore"},
    "another statistic": {**BEAT, "Statistic": "Average"},
}


@pytest.fixture(scope="module")
def bare() -> Iterator[Any]:
    with Sandbox() as running:
        yield running


@pytest.mark.parametrize("properties", UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_understood_is_an_error(bare: Sandbox, properties: Any) -> None:
    client = bare.operator.client("cloudwatch")
    held = json.loads(json.dumps(alarm("odd", **properties)["Properties"]))
    client.put_metric_alarm(**{**held, "AlarmActions": [], "OKActions": []})
    with pytest.raises(CannotEvaluateError):
        bare.alarmed()

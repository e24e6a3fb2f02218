import json
import time
from pathlib import Path
from typing import Any

import pytest

from sandbox.account import Sandbox
from sandbox.assembly import AssemblyError
from sandbox.deployment import DeploymentError
from tests.sandbox.assemblies import function, role, write
from tests.sandbox.handlers import OBEDIENT

ALARM = {
    "AlarmName": "alarm",
    "Namespace": "AWS/SQS",
    "MetricName": "ApproximateNumberOfMessagesVisible",
    "Dimensions": [{"Name": "QueueName", "Value": "queue"}],
    "Statistic": "Maximum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    "AlarmActions": [],
    "TreatMissingData": "notBreaching",
}
REFUSED = {
    "a type that nobody handles": (
        {"Odd": {"Type": "AWS::Chatbot::SlackChannelConfiguration", "Properties": {}}},
        r"Small: the sandbox cannot deploy Odd \(AWS::Chatbot::SlackChannelConfiguration\)",
    ),
    "a custom resource": (
        {"Own": {"Type": "Custom::Thing", "Properties": {}}},
        r"Own \(Custom::Thing\)",
    ),
    "a table of a kind that moto lacks": (
        {"Table": {"Type": "AWS::DynamoDB::GlobalTable", "Properties": {}}},
        "AWS::DynamoDB::GlobalTable",
    ),
    "a pattern that EventBridge refuses": (
        {
            "Rule": {
                "Type": "AWS::Events::Rule",
                "Properties": {"EventPattern": {"a": [{"cidr": "b"}]}},
            }
        },
        "PatternError",
    ),
    "a property that moto would ignore": (
        {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"ArchivePolicy": {}}}},
        r"ArchivePolicy of Topic \(AWS::SNS::Topic\)",
    ),
    "a property that the service does not take": (
        {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {**ALARM, "Colour": "red"}}},
        "Colour",
    ),
    "a package that is not there": (
        {"Role": role(), "Function": function("nowhere", name="function")},
        "NoSuchBucket",
    ),
}


@pytest.mark.parametrize(("resources", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_deployed_is_named(
    tmp_path: Path, resources: dict[str, Any], said: str
) -> None:
    with Sandbox() as sandbox, pytest.raises(DeploymentError, match=said):
        sandbox.deploy(write(tmp_path, {"Topic": {"Type": "AWS::SNS::Topic"}, **resources}))


def test_a_second_deployment_updates(tmp_path: Path) -> None:
    def resources(pattern: Any, *, topic: Any) -> Any:
        made = {
            "Rule": {
                "Type": "AWS::Events::Rule",
                "Properties": {"Name": "rule", "EventPattern": {"source": [pattern]}},
            },
            "Alarm": {
                "Type": "AWS::CloudWatch::Alarm",
                "Properties": ALARM,
            },
        }
        return {**made, "Topic": {"Type": "AWS::SNS::Topic"}} if topic else made

    with Sandbox() as sandbox:
        sandbox.deploy(write(tmp_path / "first", resources("aws.iam", topic=True)))
        sandbox.deploy(write(tmp_path / "second", resources("aws.sts", topic=False)))
        rule = sandbox.operator.client("events").describe_rule(Name="rule")
        assert json.loads(rule["EventPattern"]) == {"source": ["aws.sts"]}
        assert sandbox.operator.client("sns").list_topics()["Topics"] == []


def test_a_folder_that_is_no_assembly_is_named(tmp_path: Path) -> None:
    with Sandbox() as sandbox, pytest.raises(AssemblyError, match="is not there"):
        sandbox.deploy(tmp_path)


def test_the_stack_tells_the_bus_of_its_new_status(tmp_path: Path) -> None:
    watch = {
        "Type": "AWS::Events::Rule",
        "Properties": {
            "EventPattern": {
                "source": ["aws.cloudformation"],
                "detail": {"status-details": {"status": ["CREATE_COMPLETE", "UPDATE_COMPLETE"]}},
            },
            "Targets": [{"Id": "t", "Arn": {"Fn::GetAtt": ["Box", "Arn"]}}],
        },
    }
    policy = {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {
            "Queues": [{"Ref": "Box"}],
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": {"Service": "events.amazonaws.com"},
                    "Action": "sqs:SendMessage",
                    "Resource": {"Fn::GetAtt": ["Box", "Arn"]},
                },
            },
        },
    }
    box = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "box"}}
    resources = {"Box": box, "Policy": policy, "Watch": watch}
    with Sandbox() as sandbox:
        sandbox.deploy(write(tmp_path / "1", resources))
        sandbox.deploy(write(tmp_path / "2", {**resources, "More": {"Type": "AWS::SNS::Topic"}}))
        url = f"{sandbox.front.endpoint_url}/123456789012/box"
        found = sandbox.operator.client("sqs").receive_message(
            QueueUrl=url, MaxNumberOfMessages=10
        )["Messages"]
    events = [json.loads(message["Body"]) for message in found]
    assert [event["detail"]["status-details"]["status"] for event in events] == [
        "CREATE_COMPLETE",
        "UPDATE_COMPLETE",
    ]
    assert events[0]["resources"] == [events[0]["detail"]["stack-id"]]


def test_there_is_one_sandbox_at_a_time() -> None:
    with Sandbox(), pytest.raises(RuntimeError, match="one at a time"), Sandbox():
        pytest.fail("a second sandbox began")


def test_the_end_stops_what_is_running(tmp_path: Path) -> None:
    resources = {"Role": role(), "Worker": function("code", name="worker")}
    with Sandbox() as sandbox:
        sandbox.deploy(write(tmp_path, resources, code={"code": {"main.py": OBEDIENT}}))
        payload = json.dumps({"do": "sleep", "seconds": 60})
        sandbox.operator.client("lambda").invoke(
            FunctionName="worker", InvocationType="Event", Payload=payload
        )
        while not sandbox._functions._environments:
            time.sleep(0.01)
        [environment] = sandbox._functions._environments
    assert environment._process.poll() is not None

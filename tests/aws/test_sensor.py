import json
from datetime import UTC, datetime, timedelta

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws import clients
from lambdas.aws.elsewhere import Region
from lambdas.aws.sensor import LiveSensor
from lambdas.calls import CATALOG
from lambdas.calls.patterns import asked
from lambdas.model.deployed import SeenQueue, SeenSubscription, SeenWatch

REGION = "us-east-1"
ACCOUNT = "123456789012"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:undo"
TARGET = "arn:aws:lambda:us-east-1:123456789012:function:evaluate"
[IAM] = [each for each in asked(CATALOG.values(), stack="", ids={}) if each.name == "Changes-iam"]
STACK = {
    "Resources": {
        "Evaluate": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "FunctionName": "evaluate",
                "Code": {"ZipFile": "pass"},
                "Handler": "index.handler",
                "Role": f"arn:aws:iam::{ACCOUNT}:role/evaluate",
                "Runtime": "python3.13",
            },
        },
        f"{IAM.logical_id}12345678": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Name": "changes",
                "EventPattern": IAM.pattern(ACCOUNT),
                "Targets": [{"Id": "one", "Arn": TARGET}],
            },
        },
        "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "alerts"}},
        "Letters": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "letters"}},
        "Undo": {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "QueueName": "undo",
                "RedrivePolicy": {
                    "deadLetterTargetArn": {"Fn::GetAtt": ["Letters", "Arn"]},
                    "maxReceiveCount": 5,
                },
            },
        },
    }
}


@pytest.fixture
def sensor(iam: IAMClient) -> LiveSensor:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}}
    iam.create_role(
        RoleName="evaluate",
        AssumeRolePolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{**trust, "Action": "sts:AssumeRole"}]}
        ),
    )
    clients.cloudformation(REGION).create_stack(StackName="made", TemplateBody=json.dumps(STACK))
    return LiveSensor("made", REGION, account=ACCOUNT)


def watch(state: str | None, *targets: str) -> tuple[SeenWatch, ...]:
    return (SeenWatch(name="changes", region=REGION, state=state, targets=targets),)


def test_a_watch_with_its_target(sensor: LiveSensor) -> None:
    assert sensor.watches() == watch("ENABLED", TARGET)


def test_a_watch_that_asks_for_something_else(sensor: LiveSensor) -> None:
    clients.events(REGION).put_rule(Name="changes", EventPattern='{"source":["aws.s3"]}')
    [seen] = sensor.watches()
    assert json.loads(seen.meant or "") == IAM.pattern(ACCOUNT)


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(QUEUE, id="no function"),
        pytest.param(TARGET.replace(ACCOUNT, "999988887777"), id="another account's of that name"),
        pytest.param(f"{TARGET}:old", id="an old version"),
    ],
)
def test_a_watch_that_brings_its_events_elsewhere_has_no_target(
    sensor: LiveSensor, target: str
) -> None:
    other = {"Id": "one", "Arn": target}
    clients.events(REGION).put_targets(Rule="changes", Targets=[other])
    assert sensor.watches() == watch("ENABLED")


def test_a_disabled_watch(sensor: LiveSensor) -> None:
    clients.events(REGION).disable_rule(Name="changes")
    assert sensor.watches() == watch("DISABLED", TARGET)


def test_a_watch_that_is_gone(sensor: LiveSensor) -> None:
    clients.events(REGION).remove_targets(Rule="changes", Ids=["one"])
    clients.events(REGION).delete_rule(Name="changes")
    assert sensor.watches() == watch(None)


def test_only_what_passes_on_nothing_is_a_dead_letter_queue(sensor: LiveSensor) -> None:
    (queue,) = sensor.dead_letters()
    assert (queue.name, queue.letters) == ("letters", 0)
    clients.sqs().send_message(QueueUrl=queue.url, MessageBody="one")
    assert sensor.dead_letters() == (SeenQueue(url=queue.url, region=REGION, letters=1),)


def test_a_dead_letter_queue_that_is_gone(sensor: LiveSensor) -> None:
    (queue,) = sensor.dead_letters()
    clients.sqs().delete_queue(QueueUrl=queue.url)
    assert sensor.dead_letters() == (SeenQueue(url=queue.url, region=REGION, letters=None),)


def test_the_addresses_that_are_mailed(sensor: LiveSensor) -> None:
    (topic,) = sensor.topics()
    for protocol, where in (("email", "a@example.com"), ("sqs", QUEUE)):
        clients.sns().subscribe(TopicArn=topic, Protocol=protocol, Endpoint=where)
    assert sensor.subscriptions() == (
        SeenSubscription(topic=topic, endpoint="a@example.com", confirmed=True),
    )


def test_what_is_in_other_regions_is_asked_for_once(sensor: LiveSensor) -> None:
    there = SeenWatch(name="snapback-changes", region="eu-west-1", state="DISABLED")
    queue = SeenQueue(url="letters", region="eu-west-1", letters=2)
    asked = []
    watching = LiveSensor(
        "made",
        REGION,
        account=ACCOUNT,
        elsewhere=lambda: asked.append(1) or (Region((there,), (queue,)),),
    )
    assert watching.watches() == (*sensor.watches(), there)
    assert watching.dead_letters() == (*sensor.dead_letters(), queue)
    assert len(asked) == 1


def test_when_the_stack_was_deployed(sensor: LiveSensor) -> None:
    assert datetime.now(UTC) - sensor.deployed() < timedelta(minutes=1)


def test_what_the_stack_has_none_of(sensor: LiveSensor) -> None:
    assert sensor.feeds() == ()


def test_the_canary_that_it_was_told_of(iam: IAMClient) -> None:
    deny = {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    arn = iam.create_policy(PolicyName="canary", PolicyDocument=document)["Policy"]["Arn"]
    found = LiveSensor("made", REGION, arn).canary()
    assert found is not None
    assert found.tagged is None
    assert LiveSensor("made", REGION).canary() is None

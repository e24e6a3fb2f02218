import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.account import Sandbox
from sandbox.timing import Timing
from tests.sandbox.assemblies import document, function, role, write
from tests.sandbox.handlers import OBEDIENT


def arn(name: str) -> Any:
    return {"Fn::GetAtt": [name, "Arn"]}


def rule(
    name: str,
    target: Any,
    *,
    pattern: Any = None,
    state: Any = "ENABLED",
    letters: Any = True,
    **shape: Any,
) -> Any:
    dead = {"DeadLetterConfig": {"Arn": arn("Dead")}} if letters else {}
    return {
        "Type": "AWS::Events::Rule",
        "Properties": {
            "Name": name,
            "State": state,
            "EventPattern": pattern or {"detail": {"to": [name]}},
            "Targets": [{"Id": "t", "Arn": target, **dead, **shape}],
        },
    }


def permission(target: Any, rule: Any) -> Any:
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": arn(target),
            "Principal": "events.amazonaws.com",
            "SourceArn": arn(rule),
        },
    }


def queue_policy(queue: Any, *rules: Any) -> Any:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn(queue),
        "Condition": {"ArnEquals": {"aws:SourceArn": [arn(rule) for rule in rules]}},
    }
    return {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {"Queues": [{"Ref": queue}], "PolicyDocument": document(statement)},
    }


READS = {"detail": {"to": ["reads"]}}
EVERYTHING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
MISSING = "arn:aws:lambda:us-east-1:123456789012:function:missing"
RESOURCES = {
    "Role": role(),
    "Dead": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "dead"}},
    "DeadPolicy": queue_policy("Dead", "ToMissing", "ToClosed"),
    "Box": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "box"}},
    "BoxPolicy": queue_policy("Box", "ToBox", "Shaped"),
    "Topic": {"Type": "AWS::SNS::Topic"},
    "TopicPolicy": {
        "Type": "AWS::SNS::TopicPolicy",
        "Properties": {
            "Topics": [{"Ref": "Topic"}],
            "PolicyDocument": document(
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "events.amazonaws.com"},
                    "Action": "sns:Publish",
                    "Resource": {"Ref": "Topic"},
                }
            ),
        },
    },
    "Mail": {
        "Type": "AWS::SNS::Subscription",
        "Properties": {
            "TopicArn": {"Ref": "Topic"},
            "Protocol": "email",
            "Endpoint": "team@example.com",
        },
    },
    "Function": function("code", name="function"),
    "ToFunction": rule("function", arn("Function")),
    "Permission": permission("Function", "ToFunction"),
    "Stopped": rule("stopped", arn("Function"), state="DISABLED"),
    "Reads": rule("reads", arn("Function"), pattern=READS),
    "AllReads": rule("all reads", arn("Function"), pattern=READS, state=EVERYTHING),
    "ToBox": rule("box", arn("Box")),
    "Shaped": rule("shaped", arn("Box"), InputPath="$.detail"),
    "ToTopic": rule("topic", {"Ref": "Topic"}),
    "ToMissing": rule("missing", MISSING),
    "ToClosed": rule("closed", arn("Function")),
    "Silent": rule("silent", MISSING, letters=False),
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with Sandbox(timing=Timing(retry_delays=(0.01, 0.02))) as running:
        folder = tmp_path_factory.mktemp("assembly")
        running.deploy(write(folder, RESOURCES, code={"code": {"main.py": OBEDIENT}}))
        yield running


def event(to: str, **more: Any) -> Any:
    return {
        "source": "test",
        "detail-type": "AWS API Call via CloudTrail",
        "account": "123456789012",
        "region": "us-east-1",
        "time": "2026-01-02T03:04:05Z",
        "resources": [],
        "detail": {"to": to, **more},
    }


def received(sandbox: Sandbox, queue: Any) -> Any:
    client = sandbox.operator.client("sqs")
    url = f"{sandbox.front.endpoint_url}/123456789012/{queue}"
    found = client.receive_message(QueueUrl=url, MessageAttributeNames=["All"]).get("Messages", [])
    for message in found:
        client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found


TAKEN = {
    "nobody asks": (event("nobody"), ()),
    "the rule is disabled": (event("stopped"), ()),
    "the rule is in another region": (event("function") | {"region": "eu-west-1"}, ()),
    "the region is none": (event("function") | {"region": "moon"}, ()),
    "a rule asks": (event("function"), ("function",)),
    "a read goes only to whom asks for reads": (event("reads", readOnly=True), ("all reads",)),
    "a read that is not marked": (event("reads", eventName="GetUser"), ("all reads",)),
    "a change goes to both": (event("reads", readOnly=False), ("reads", "all reads")),
    "a name that only begins like a read": (
        event("reads", eventName="Getaway"),
        ("reads", "all reads"),
    ),
}


@pytest.mark.parametrize(("put", "rules"), TAKEN.values(), ids=TAKEN.keys())
def test_who_takes_an_event(sandbox: Sandbox, put: Any, rules: Any) -> None:
    assert sandbox.put_event(put) == rules


def test_a_function_gets_the_event_as_it_is(sandbox: Sandbox) -> None:
    sandbox.settle(30)
    sandbox.put_event(event("function"))
    sandbox.settle(30)
    assert json.loads(sandbox.invocations[-1].payload) == event("function")


def test_a_queue_gets_the_event_as_it_is(sandbox: Sandbox) -> None:
    sandbox.put_event(event("box"))
    [message] = received(sandbox, "box")
    assert json.loads(message["Body"]) == event("box")


def test_a_target_gets_the_part_it_asks_for(sandbox: Sandbox) -> None:
    sandbox.put_event(event("shaped"))
    [message] = received(sandbox, "box")
    assert json.loads(message["Body"]) == {"to": "shaped"}


def test_a_topic_brings_it_to_its_subscribers(sandbox: Sandbox) -> None:
    sandbox.put_event(event("topic"))
    mail = sandbox.mailbox[-1]
    assert (mail.to, mail.subject) == ("team@example.com", "AWS Notification Message")
    assert json.loads(mail.body.partition("\n")[0])["detail"] == {"to": "topic"}


DEAD = {
    "a target that is missing": ("missing", "NO_RESOURCE"),
    "a target that does not let the rule in": ("closed", "NO_PERMISSIONS"),
}


@pytest.mark.parametrize(("to", "code"), DEAD.values(), ids=DEAD.keys())
def test_what_no_target_takes_is_a_dead_letter(sandbox: Sandbox, to: str, code: str) -> None:
    sandbox.put_event(event(to))
    [message] = received(sandbox, "dead")
    assert json.loads(message["Body"]) == event(to)
    said = {k: v["StringValue"] for k, v in message["MessageAttributes"].items()}
    assert said["ERROR_CODE"] == code
    assert said["RULE_ARN"].endswith(f":rule/{to}")


LOST = {
    "without a dead-letter queue": ("silent", "is not there"),
    "with one that does not let the rule in": ("stopped", "may not sqs:SendMessage"),
}


@pytest.mark.parametrize(("to", "why"), LOST.values(), ids=LOST.keys())
def test_what_nobody_takes_is_a_failure(sandbox: Sandbox, to: str, why: str) -> None:
    sandbox.operator.client("events").enable_rule(Name=to)
    assert sandbox.put_event(event(to)) == (to,)
    assert why in sandbox.bus.undelivered[-1].why
    assert any(f.what.startswith(f"{to} to ") for f in sandbox.failures)


def test_a_rule_that_someone_disables_takes_nothing_more(sandbox: Sandbox) -> None:
    events = sandbox.operator.client("events")
    events.disable_rule(Name="box")
    assert sandbox.put_event(event("box")) == ()
    events.enable_rule(Name="box")
    assert sandbox.put_event(event("box")) == ("box",)
    assert len(received(sandbox, "box")) == 1


def test_an_event_by_the_api_is_matched_strictly(sandbox: Sandbox) -> None:
    entry = {"Source": "test", "DetailType": "kind", "Detail": json.dumps({"to": "box"})}
    sandbox.operator.client("events").put_events(Entries=[entry])
    [message] = received(sandbox, "box")
    assert json.loads(message["Body"])["detail"] == {"to": "box"}

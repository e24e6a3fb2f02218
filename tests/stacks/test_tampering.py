"""Every tampering call on what a stack holds is brought by a deployed watch, and is a change.

The parts are those of the templates, under the names that CloudFormation gives them.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest

from lambdas.aws.events import parse
from lambdas.calls.concern import SORTS
from lambdas.calls.parts import Sort, value
from lambdas.calls.watched import WatchedCall
from lambdas.model.change import Change
from lambdas.model.family import Family
from lambdas.model.own import STACKS, Own
from lambdas.model.subject import Kind
from sandbox.pattern import matches
from tests.aws.records_of_cloudtrail import event, record
from tests.calls.cases import cases
from tests.stacks.synthesized import Template, everything
from tests.stacks.templated import place

ACCOUNT = "123456789012"
TYPES = {
    Kind.WATCH: "AWS::Events::Rule",
    Kind.FUNCTION: "AWS::Lambda::Function",
    Kind.MAPPING: "AWS::Lambda::EventSourceMapping",
    Kind.TOPIC: "AWS::SNS::Topic",
    Kind.SUBSCRIPTION: "AWS::SNS::Topic",
    Kind.QUEUE: "AWS::SQS::Queue",
    Kind.ALARM: "AWS::CloudWatch::Alarm",
    Kind.TABLE: "AWS::DynamoDB::Table",
    Kind.KEY: "AWS::KMS::Key",
    Kind.LOG_GROUP: "AWS::Logs::LogGroup",
}
NAMED = {"AWS::Events::Rule": "Name", "AWS::SQS::Queue": "QueueName"}
"""Resource type -> where a template says its name, if it does."""
CALLS = {
    entry.action: (entry, case)
    for entry, case in reversed(cases("parsed"))
    if entry.family is Family.SELF and case["id"] != "none of which is ours"
}
HOME, THERE = "Snapback", "Snapback-eu-west-1"


@cache
def watches(stack: str) -> Sequence[dict[str, Any]]:
    """The patterns of a stack's watches, with what they refer to put in."""
    template = everything()[stack]
    rules = template.each("AWS::Events::Rule").values()
    patterns = [each["EventPattern"] for each in rules if "EventPattern" in each]
    found: list[dict[str, Any]] = place(template).resolved(patterns)
    return found


def names(kind: Kind, stack: str) -> list[str]:
    """What the parts of a kind are called that a stack holds; of a topic what its ARN ends with."""
    if kind is Kind.STACK:
        return [stack]
    template = everything()[stack]
    made = template.each(TYPES[kind])
    held = place(template).resources
    said = (
        (name, properties.get(NAMED.get(TYPES[kind], "")), held[name].physical_id)
        for name, properties in made.items()
    )
    return [given or physical.rpartition(":")[2] for _, given, physical in said]


def forms(sort: Sort, name: str) -> Iterator[str]:
    """A name by itself, as an ARN and as a URL, as far as calls of that sort take them."""
    service = sort.service or sort.source.partition(".")[0]
    if sort.kind is not Kind.SUBSCRIPTION:
        yield name
    if sort.kind is Kind.MAPPING:
        return
    ends = {Kind.SUBSCRIPTION: ":14e0db71-5d35", Kind.STACK: "/1a2b", Kind.LOG_GROUP: ":*"}
    end = ends.get(sort.kind, "")
    yield f"arn:aws:{service}:us-east-1:{ACCOUNT}:{sort.resource.format(name)}{end}"
    if sort.kind is Kind.QUEUE:
        yield f"https://sqs.us-east-1.amazonaws.com/{ACCOUNT}/{name}"


def happened(entry: WatchedCall, parameters: dict[str, Any]) -> dict[str, Any]:
    service = entry.source.partition(".")[0]
    detail = record(eventSource=entry.source, eventName=entry.name, requestParameters=parameters)
    return event(detail, account=ACCOUNT, source=f"aws.{service}", region="us-east-1")


def under(path: str, given: Any) -> dict[str, Any]:
    for key in reversed(path.split(".")):
        given = {key: given}
    held: dict[str, Any] = given
    return held


def on_ours(entry: WatchedCall, parameters: dict[str, Any], stack: str) -> Iterator[dict[str, Any]]:
    """The call on each part of a stack that it could be made on, in each form of its name."""
    sorts = [each for each in SORTS if (each.kind, each.source) == (entry.kind, entry.source)]
    for sort in sorts:
        [key] = [each for each in sort.named_by if value(parameters, each)][:1]
        for name in names(entry.kind, stack):
            for form in forms(sort, name):
                given = [form] if isinstance(value(parameters, key), list) else form
                yield happened(entry, {**parameters, **under(key, given)})
    if not sorts:
        yield happened(entry, parameters)


def own(template: Template) -> Own:
    kinds = ("AWS::KMS::Key", "AWS::Lambda::EventSourceMapping")
    held = place(template).resources
    return Own(
        (*STACKS, *(held[name].physical_id for kind in kinds for name in template.each(kind)))
    )


@pytest.mark.parametrize("call", sorted(CALLS))
def test_a_call_on_each_of_our_parts_is_brought_once_and_is_a_change(call: str) -> None:
    entry, case = CALLS[call]
    known = own(everything()[HOME])
    made = [*on_ours(entry, case["parameters"], HOME)]
    assert made
    for each in made:
        assert sum(matches(pattern, each) for pattern in watches(HOME)) == 1, each["detail"]
        change = parse(each, known, lambda _: True)
        assert isinstance(change, Change), each["detail"]["requestParameters"]
        assert (change.family, change.subject.kind) == (Family.SELF, entry.kind)


ELSEWHERE = {
    (entry.action, kind): (entry, case)
    for entry, case in CALLS.values()
    for kind in (Kind.WATCH, Kind.QUEUE, Kind.STACK)
    if entry.kind is kind
}


@pytest.mark.parametrize("call", sorted({action for action, _ in ELSEWHERE}))
def test_a_call_on_what_a_further_region_has_is_brought_from_there(call: str) -> None:
    entry, case = CALLS[call]
    for each in on_ours(entry, case["parameters"], THERE):
        assert sum(matches(pattern, each) for pattern in watches(THERE)) == 1, each["detail"]
        assert isinstance(parse(each), Change)


OTHER = "payments"
DEPLOYED = {
    "lambda": {
        "CreateFunction20150331": {"functionName": OTHER},
        "UpdateFunctionCode20150331v2": {"functionName": OTHER},
        "UpdateFunctionConfiguration20150331v2": {
            "functionName": f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{OTHER}"
        },
        "AddPermission20150331v2": {"functionName": OTHER, "principal": "events.amazonaws.com"},
        "PutFunctionConcurrency20171031": {"functionName": OTHER},
        "CreateEventSourceMapping20150331": {"functionName": OTHER},
        "PublishVersion20150331": {"functionName": OTHER},
        "UpdateAlias20150331": {"functionName": OTHER, "name": "live"},
        "TagResource20170331v2": {
            "resource": f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{OTHER}"
        },
    },
    "events": {
        "PutRule": {"name": f"{OTHER}-nightly"},
        "PutTargets": {"rule": f"{OTHER}-nightly"},
    },
    "sns": {"CreateTopic": {"name": OTHER}, "Subscribe": {"topicArn": f"arn:aws:sns:::{OTHER}"}},
    "sqs": {"CreateQueue": {"queueName": OTHER}},
    "dynamodb": {"CreateTable": {"tableName": OTHER}, "UpdateTable": {"tableName": OTHER}},
    "monitoring": {"PutMetricAlarm": {"alarmName": OTHER}},
    "logs": {
        "CreateLogGroup": {"logGroupName": f"/aws/lambda/{OTHER}"},
        "CreateLogStream": {"logGroupName": f"/aws/lambda/{OTHER}"},
        "PutRetentionPolicy": {"logGroupName": f"/aws/lambda/{OTHER}"},
    },
    "cloudformation": {
        "CreateStack": {"stackName": OTHER},
        "CreateChangeSet": {"stackName": OTHER},
        "ExecuteChangeSet": {"stackName": OTHER},
        "DeleteStack": {"stackName": OTHER},
    },
    "s3": {"CreateBucket": {"bucketName": OTHER}},
    "kms": {"CreateKey": {}, "Decrypt": {"keyId": "1a2b"}, "GenerateDataKey": {"keyId": "1a2b"}},
    "guardduty": {"ListDetectors": {}},
}
"""What deploying something else calls; IAM is left out, of which every change is taken."""


@pytest.mark.parametrize("stack", [HOME, THERE])
@pytest.mark.parametrize("service", DEPLOYED)
def test_an_ordinary_deployment_elsewhere_wakes_nobody(service: str, stack: str) -> None:
    for name, parameters in DEPLOYED[service].items():
        source = f"{service}.amazonaws.com"
        detail = record(eventSource=source, eventName=name, requestParameters=parameters)
        made = event(detail, account=ACCOUNT, source=f"aws.{service}", region="us-east-1")
        assert [each for each in watches(stack) if matches(each, made)] == [], name

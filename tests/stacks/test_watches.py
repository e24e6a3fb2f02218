"""Watches: each takes only this account's events, and loses none."""

import json
from dataclasses import replace
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

from lambdas.calls import CATALOG
from lambdas.calls.patterns import asked, same
from lambdas.calls.watched import WatchedCall
from lambdas.model.family import Family
from lambdas.model.subject import Kind
from stacks.watches import Watches
from tests.stacks.synthesized import Properties, Template, settled
from tests.stacks.templated import place

BY_ID = {Kind.KEY: "AWS::KMS::Key", Kind.MAPPING: "AWS::Lambda::EventSourceMapping"}
RETRY = {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}


def test_each_source_of_the_catalogue_has_one_watch(whole: Template) -> None:
    found = {name: each for name, each in pattern("source", whole).items() if "Changes" in name}
    watched = {
        f"aws.{call.source.partition('.')[0]}"
        for call in CATALOG.values()
        if call.family is not Family.SELF
    }
    assert sorted(source for [source] in found.values()) == sorted(watched)


@pytest.mark.parametrize("response", ["revert", "alert"])
def test_the_clock_knows_what_each_of_them_asks_for(response: str) -> None:
    """It finds them by their logical ids, and what goes by an id among the stack's resources."""
    whole = settled({"response": {"default": response}})
    at = place(whole)
    ids = {
        kind: [each.physical_id for each in at.resources.values() if each.kind == type_]
        for kind, type_ in BY_ID.items()
    }
    known = {each.logical_id: each for each in asked(CATALOG.values(), stack="Snapback", ids=ids)}
    changes = {name: each for name, each in rules(whole).items() if is_change(name)}
    assert {name[: -len("12345678")] for name in changes} == {*known}
    for name, rule in changes.items():
        meant = known[name[: -len("12345678")]].pattern(at.account)
        assert same(json.dumps(at.resolved(rule["EventPattern"])), meant), name


def test_tampering_has_few_watches_that_pin_their_sources(whole: Template) -> None:
    watches = {
        each["EventPattern"]["detail"]["eventSource"][0]: each["EventPattern"]
        for name, each in rules(whole).items()
        if "Tampering" in name
    }
    assert len(watches) == 6
    for each in watches.values():
        services = [source.partition(".")[0] for source in each["detail"]["eventSource"]]
        assert each["source"] == [f"aws.{service}" for service in services]


def test_what_goes_by_an_id_is_watched_by_it() -> None:
    whole = settled({"response": {"default": "revert"}})
    [mapping] = whole.each("AWS::Lambda::EventSourceMapping")
    assert {"requestParameters": {"uUID": [{"Ref": mapping}]}} in either("owncomputing", whole)
    [key] = [name for name in whole.each("AWS::KMS::Key") if name.startswith("Alerts")]
    [grants] = [each for each in either("keys", whole) if "requestParameters" in each]
    assert {"Ref": key} in grants["requestParameters"]["keyId"]


def test_who_judges_is_told_what_goes_by_an_id() -> None:
    whole = settled({"response": {"default": "revert"}})
    _, function = whole.one("AWS::Lambda::Function", "Evaluate")
    _, named = function["Environment"]["Variables"]["OWN_NAMES"]["Fn::Join"]
    ids = {*whole.each("AWS::Lambda::EventSourceMapping"), *whole.each("AWS::KMS::Key")}
    assert named[0] == "Snapback,"
    assert ids == {each["Ref"] for each in named if isinstance(each, dict)}


def test_the_account_is_pinned(whole: Template) -> None:
    watches = pattern("account", whole)
    assert len(watches) == 11
    assert all(account == [{"Ref": "AWS::AccountId"}] for account in watches.values())


def test_an_event_is_tried_for_a_day_and_then_kept(whole: Template) -> None:
    letters, _ = whole.one("AWS::SQS::Queue", "WatchDeadLetters")
    kept = {"Fn::GetAtt": [letters, "Arn"]}
    targets = [(name, each) for name, rule in rules(whole).items() for each in rule["Targets"]]
    assert {name for name, _ in targets} == {*rules(whole)}
    kept_so = {"RetryPolicy": RETRY, "DeadLetterConfig": {"Arn": kept}}
    assert [name for name, each in targets if not kept_so.items() <= each.items()] == []


def test_what_cannot_be_delivered_may_be_kept(whole: Template) -> None:
    _, policy = whole.one("AWS::SQS::QueuePolicy", "WatchDeadLetters")
    allowed = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
    senders = {each["Condition"]["ArnEquals"]["aws:SourceArn"]["Fn::GetAtt"][0] for each in allowed}
    assert senders == set(rules(whole))


@pytest.mark.parametrize("service", ["iam", "cloudtrail"])
def test_every_change_is_taken_without_a_list_of_names(service: str, whole: Template) -> None:
    [rule] = [each for name, each in rules(whole).items() if f"Changes{service}" in name]
    assert rule["EventPattern"] == {
        "source": [f"aws.{service}"],
        "account": [{"Ref": "AWS::AccountId"}],
        "detail-type": ["AWS API Call via CloudTrail"],
    }


def test_a_sign_in_is_taken_under_both_of_its_spellings(whole: Template) -> None:
    [rule] = [each for name, each in rules(whole).items() if "Changessignin" in name]
    assert rule["EventPattern"]["detail-type"] == [
        "AWS Console Sign In via CloudTrail",
        "AWS Console Signin via CloudTrail",
        "AWS API Call via CloudTrail",
    ]


def test_a_noisy_service_is_filtered_by_name() -> None:
    some = next(iter(CATALOG.values()))
    calls = [replace(some, source="s3.amazonaws.com", name=name) for name in ("B", "A")]
    [rule] = [each for name, each in watching(calls).items() if "Changes" in name]
    assert rule["EventPattern"]["detail"] == {
        "eventSource": ["s3.amazonaws.com"],
        "eventName": ["A", "B"],
    }


def test_the_sweep_starts_when_this_stack_is_deployed(whole: Template) -> None:
    [rule] = [each for name, each in rules(whole).items() if "Deployments" in name]
    assert rule["EventPattern"]["detail"] == {
        "stack-id": [{"Ref": "AWS::StackId"}],
        "status-details": {"status": ["CREATE_COMPLETE", "UPDATE_COMPLETE"]},
    }
    assert rule["Targets"][0]["Arn"]["Fn::GetAtt"][0].startswith("SweepFunction")


def test_a_function_may_be_called_by_its_watches_only(whole: Template) -> None:
    permissions = whole.each("AWS::Lambda::Permission").values()
    callers = {each["SourceArn"]["Fn::GetAtt"][0] for each in permissions}
    assert callers == set(rules(whole))
    assert {each["Principal"] for each in permissions} == {"events.amazonaws.com"}


@pytest.mark.parametrize(
    ("rate", "function"),
    [
        pytest.param("rate(1 hour)", "SweepFunction", id="the account is swept each hour"),
        pytest.param("rate(1 minute)", "WatchFunction", id="the clock looks each minute"),
    ],
)
def test_what_no_event_begins(rate: str, function: str, whole: Template) -> None:
    [rule] = [each for each in rules(whole).values() if each.get("ScheduleExpression") == rate]
    assert rule["State"] == "ENABLED"
    [target] = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0].startswith(function)


def rules(whole: Template) -> dict[str, Properties]:
    return whole.each("AWS::Events::Rule")


def either(watch: str, whole: Template) -> list[Any]:
    """The branches of a watch's pattern of which an event must take one."""
    [rule] = [each for name, each in rules(whole).items() if f"Tampering{watch}" in name]
    branches: list[Any] = rule["EventPattern"]["detail"]["$or"]
    return branches


def is_change(name: str) -> bool:
    return name.startswith(("WatchesChanges", "WatchesTampering"))


def pattern(field: str, whole: Template) -> dict[str, Any]:
    watches = {name: rule for name, rule in rules(whole).items() if "EventPattern" in rule}
    return {name: rule["EventPattern"].get(field) for name, rule in watches.items()}


def watching(calls: list[WatchedCall]) -> dict[str, Properties]:
    app = App()
    stack = Stack(app, "Stack")
    function = lambda_.Function(
        stack,
        "Function",
        code=lambda_.Code.from_inline("pass"),
        handler="index.handler",
        runtime=lambda_.Runtime.PYTHON_3_13,
    )
    watches = Watches(stack, "Watches", dead_letters=sqs.Queue(stack, "Queue"))
    watches.changes(calls, function)
    return Template(app.synth().get_stack_by_name("Stack").template).each("AWS::Events::Rule")

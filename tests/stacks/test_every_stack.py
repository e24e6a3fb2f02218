"""What holds of every stack that there can be: home, further regions, the trail's, central."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.cloudformation.replacement import changed
from tests.stacks.synthesized import ALL, Properties, Template, everything, listed, settled
from tests.stacks.templated import place

NAMES = ["Snapback", "Snapback-eu-west-1", "SnapbackCentral", "SnapbackTrail"]
FUNCTION, QUEUE, ALARM = "AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::CloudWatch::Alarm"
RETRY = {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}


@pytest.fixture(params=NAMES)
def template(request: pytest.FixtureRequest) -> Template:
    return everything()[request.param]


def test_these_are_all_stacks() -> None:
    assert sorted(everything()) == NAMES


def rules(template: Template) -> Iterator[tuple[str, Properties]]:
    yield from template.each("AWS::Events::Rule").items()


def test_every_watch_pins_its_source_and_the_account(template: Template) -> None:
    """The central bus is told by every account of the organisation: that is its policy's to say."""
    for name, rule in rules(template):
        if "ScheduleExpression" in rule:
            continue
        pattern = rule["EventPattern"]
        assert pattern["source"], name
        assert not [each for each in pattern["source"] if not isinstance(each, str)], name
        on_central_bus = rule.get("EventBusName", {}).get("Ref", "").startswith("Bus")
        here = None if on_central_bus else [{"Ref": "AWS::AccountId"}]
        assert pattern.get("account") == here, name


def test_what_a_watch_cannot_deliver_is_tried_for_a_day_and_then_kept(template: Template) -> None:
    """To another bus EventBridge tries as long by itself, and CDK lets no rule say so.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
    """
    found = [(name, target) for name, rule in rules(template) for target in rule["Targets"]]
    for name, target in found:
        assert target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0] in template.each(QUEUE), name
        to_bus = "event-bus/" in json.dumps(target["Arn"])
        assert target.get("RetryPolicy") == (None if to_bus else RETRY), name


def asynchronous(template: Template) -> set[str]:
    """The functions to which events are handed that nobody waits for."""
    targets = [target["Arn"] for _, rule in rules(template) for target in rule["Targets"]]
    subscribed = [
        each["Endpoint"]
        for each in template.each("AWS::SNS::Subscription").values()
        if each["Protocol"] == "lambda"
    ]
    invoked = [
        resource
        for statement in template.every_statement()
        if statement["Effect"] == "Allow" and "lambda:InvokeFunction" in listed(statement, "Action")
        for resource in listed(statement, "Resource")
    ]
    ends = [
        each["Fn::GetAtt"][0] for each in (*targets, *subscribed, *invoked) if "Fn::GetAtt" in each
    ]
    return {*ends} & {*template.each(FUNCTION)}


def test_to_these_functions_events_are_handed() -> None:
    found = {each.partition("Function")[0] for each in asynchronous(everything()["Snapback"])}
    assert found >= {"Crowds", "Evaluate", "Forward", "Sweep", "Watch"}
    assert asynchronous(everything()["SnapbackCentral"]) == set()


def test_an_event_that_a_function_fails_on_is_kept(template: Template) -> None:
    kept = {
        each["FunctionName"]["Ref"]: each["DestinationConfig"]["OnFailure"]["Destination"]
        for each in template.each("AWS::Lambda::EventInvokeConfig").values()
    }
    assert asynchronous(template) <= {*kept}
    assert all(each["Fn::GetAtt"][0] in template.each(QUEUE) for each in kept.values())


def dead(template: Template) -> set[str]:
    """The queues that something is put into which failed elsewhere."""
    keys = '"deadLetterTargetArn"', '"DeadLetterConfig": {"Arn"', '"Destination"'
    ends = rf'(?:{"|".join(keys)}): {{"Fn::GetAtt": \["(\w+)"'
    return {*re.findall(ends, json.dumps(template.body))}


def test_every_queue_has_a_redrive_or_is_where_one_ends(template: Template) -> None:
    queues = template.each(QUEUE)
    redriven = {name for name, each in queues.items() if "RedrivePolicy" in each}
    assert redriven | dead(template) == {*queues}
    assert redriven & dead(template) == set()


def test_a_queue_hands_out_what_its_function_can_handle_in_time(template: Template) -> None:
    """A batch of more than ten is taken only where it is waited for.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    for mapping in template.each("AWS::Lambda::EventSourceMapping").values():
        queue = template.each(QUEUE)[mapping["EventSourceArn"]["Fn::GetAtt"][0]]
        function = template.each(FUNCTION)[mapping["FunctionName"]["Ref"]]
        window = mapping.get("MaximumBatchingWindowInSeconds", 0)
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"] + window
        assert mapping["BatchSize"] <= 10 or window >= 1
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_every_function_keeps_its_log_for_a_time_and_has_its_alarms(template: Template) -> None:
    alarmed = {
        (each["MetricName"], dimension["Value"]["Ref"])
        for each in template.each(ALARM).values()
        for dimension in each.get("Dimensions", [])
        if dimension["Name"] == "FunctionName"
    }
    for name, function in template.each(FUNCTION).items():
        log = template.each("AWS::Logs::LogGroup")[function["LoggingConfig"]["LogGroup"]["Ref"]]
        assert log["RetentionInDays"] > 0
        assert {("Errors", name), ("Throttles", name)} <= alarmed
        assert (("AsyncEventAge", name) in alarmed) >= (name in asynchronous(template))


def test_whatever_lies_in_a_dead_letter_queue_raises_an_alarm(template: Template) -> None:
    """A further region has no topic for one: there the watch clock looks, from home."""
    watched = {name for name in dead(template) if f'"{name}", "QueueName"' in alarms(template)}
    is_regional = not template.each("AWS::SNS::Topic")
    assert watched == (set() if is_regional else dead(template))


def alarms(template: Template) -> str:
    return json.dumps([*template.each(ALARM).values()])


def test_no_action_is_a_wildcard_but_those_of_keys_that_aws_prescribes(template: Template) -> None:
    """Without kms:* for the account nobody could manage a key; a trail's key is told of by AWS.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
    """
    keys = [each["KeyPolicy"]["Statement"] for each in template.each("AWS::KMS::Key").values()]
    prescribed = [statement for statements in keys for statement in statements]
    wild = [
        statement
        for statement in template.every_statement()
        if statement["Effect"] == "Allow"
        if any("*" in action for action in listed(statement, "Action"))
    ]
    assert [each for each in wild if each not in prescribed] == []
    found = {action for each in wild for action in listed(each, "Action")}
    assert found <= {"kms:*", "kms:GenerateDataKey*"}


COMPARED = {
    *("AWS::CloudWatch::Alarm", "AWS::Events::Rule", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"),
    *("AWS::IAM::Role", "AWS::KMS::Key", "AWS::Lambda::Function", "AWS::SNS::TopicPolicy"),
    "AWS::SQS::QueuePolicy",
}
"""What doctor compares with the template."""


def test_doctor_can_follow_all_that_it_compares_to_what_it_refers_to(template: Template) -> None:
    for kind in COMPARED:
        for name, properties in template.each(kind).items():
            assert place(template).resolved(properties), name


SECRET = re.compile(r"secret|password|token|credential|private|apikey|access_?key", re.IGNORECASE)
SECRETS = re.compile(r"AKIA[A-Z0-9]{16}|ASIA[A-Z0-9]{16}|-----BEGIN|\{\{resolve:|xox[abp]-|ghp_")


def test_no_variable_of_a_function_holds_a_secret(template: Template) -> None:
    for function in template.each(FUNCTION).values():
        variables = function["Environment"]["Variables"]
        assert [name for name in variables if SECRET.search(name)] == []
        assert SECRETS.search(json.dumps(variables)) is None
        assert [name for name in spelled(variables) if SECRET.search(name)] == []


def spelled(variables: dict[str, Any]) -> list[str]:
    """The keys of the settings that travel in a variable."""
    return [*json.loads(variables["SNAPBACK_SETTINGS"])] if "SNAPBACK_SETTINGS" in variables else []


def test_an_account_that_may_run_ten_functions_at_once_can_deploy(template: Template) -> None:
    """Of a limit of ten nothing can be reserved, for 100 must be left to all others.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    """
    for function in template.each(FUNCTION).values():
        assert "ReservedConcurrentExecutions" not in function
    for mapping in template.each("AWS::Lambda::EventSourceMapping").values():
        assert "ProvisionedPollerConfig" not in mapping
        assert 2 <= mapping.get("ScalingConfig", {}).get("MaximumConcurrency", 2) <= 10
    kinds = {each["Type"] for each in template.body["Resources"].values()}
    assert not kinds & {"AWS::Lambda::Version", "AWS::Lambda::Alias"}


ALERT = {"response": {"default": "alert"}}
UPDATES = {
    "everything is undone from now on": (ALERT, {"response": {"default": "revert"}}),
    "nothing is undone any more": ({"response": {"default": "revert"}}, ALERT),
    "somebody else is mailed": (ALERT, {**ALERT, "alertEmails": ["other@example.com"]}),
    "a pipeline is trusted": (
        {**ALERT, "deployActors": []},
        {**ALERT, "trustedActors": ALL["trustedActors"]},
    ),
    "actors are contained": (
        {"response": {"default": "revert"}},
        {"response": {"default": "revert"}, "quarantine": True, "revokeSessions": True},
    ),
    "further regions are watched": (ALERT, {**ALERT, "regions": ["eu-west-1", "ap-south-1"]}),
    "settings that are too long for a variable": (
        ALERT,
        {**ALERT, "trustedAccounts": [f"{number:012}" for number in range(400)]},
    ),
    "an organisation is joined": (ALERT, {**ALERT, "central": ALL["central"]}),
}
KEEPING = ("AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::SNS::Topic", "AWS::SQS::Queue")
"""What holds something, or is known outside the stack."""


@pytest.mark.parametrize(("before", "after"), UPDATES.values(), ids=UPDATES)
def test_an_update_replaces_nothing(before: dict[str, Any], after: dict[str, Any]) -> None:
    old, new = (settled(each).body["Resources"] for each in (before, after))
    replaced = {
        f"{name}.{each}"
        for name in old.keys() & new.keys()
        for each, is_replaced in changed(old[name], new[name]).items()
        if is_replaced
    }
    subscriptions = {each for each in replaced if "AlertsTopic" in each or "AlarmsTopic" in each}
    assert replaced - subscriptions == set()
    gone = {name for name in old.keys() - new.keys() if old[name]["Type"] in KEEPING}
    assert not [name for name in gone if not name.startswith("Undo")]

import pytest

from cli.stage import Stage, answer

RULES = "AWS::Events::Rule"


@pytest.fixture
def watches(stage: Stage) -> list[str]:
    found = stage.sandbox.operator.client("cloudformation").list_stack_resources(
        StackName="Snapback"
    )["StackResourceSummaries"]
    return [each["PhysicalResourceId"] for each in found if each["ResourceType"] == RULES]


def looked(stage: Stage) -> list[str]:
    outcome = stage.sandbox.invoke(stage.outputs["WatchFunctionName"], {})
    stage.settle()
    assert outcome.error is None, outcome.payload
    return list(answer(outcome)["faults"])


def mails(stage: Stage, before: int) -> list[str]:
    return [mail.subject for mail in stage.sandbox.mailbox[before:]]


def test_a_quiet_minute_tells_nobody(stage: Stage) -> None:
    before = len(stage.sandbox.mailbox)
    assert looked(stage) == []
    assert mails(stage, before) == []


def test_with_every_watch_disabled_the_clock_alerts_once_and_tells_of_the_end(
    stage: Stage, watches: list[str]
) -> None:
    before = len(stage.sandbox.mailbox)
    events = stage.sandbox.operator.client("events")
    for name in watches:
        events.disable_rule(Name=name)
    assert looked(stage) == ["watches"]
    assert looked(stage) == ["watches"]
    (told,) = mails(stage, before)
    assert told.startswith("[CRITICAL] Snapback watches: ")
    assert all(name in stage.sandbox.mailbox[before].body for name in watches)
    for name in watches:
        events.enable_rule(Name=name)
    assert looked(stage) == []
    (ended,) = mails(stage, before)[1:]
    assert ended.startswith(f"[ENDED] Snapback watches: all {len(watches)} watches are enabled")


def test_a_watch_that_brings_its_events_to_somebody_else_is_told(
    stage: Stage, watches: list[str]
) -> None:
    """The exchange itself is told of by the watch whose target it is: this one brings nothing."""
    before = len(stage.sandbox.mailbox)
    events = stage.sandbox.operator.client("events")
    [name] = [each for each in watches if "Tamperingowncomputing" in each]
    [target] = events.list_targets_by_rule(Rule=name)["Targets"]
    theirs = {**target, "Arn": target["Arn"].replace("123456789012", "999988887777")}
    events.put_targets(Rule=name, Targets=[theirs])
    assert looked(stage) == ["watches"]
    told = stage.sandbox.mailbox[-1]
    assert mails(stage, before)[-1].startswith("[CRITICAL] Snapback watches: ")
    assert f"{name} brings its events to no part of Snapback" in told.body
    events.put_targets(Rule=name, Targets=[target])
    assert looked(stage) == []


THERE = "eu-west-1"
CHANGES = "snapback-changes-cloudtrail"
LETTERS = "snapback-not-forwarded"


def test_what_is_wrong_in_a_further_region_is_told_with_the_region(stage: Stage) -> None:
    before = len(stage.sandbox.mailbox)
    events = stage.sandbox.operator.client("events", region=THERE)
    sqs = stage.sandbox.operator.client("sqs", region=THERE)
    url = sqs.get_queue_url(QueueName=LETTERS)["QueueUrl"]
    events.disable_rule(Name=CHANGES)
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    assert looked(stage) == ["watches", "dead letters"]
    watches, letters = [mail.body for mail in stage.sandbox.mailbox[before:]]
    assert f"{CHANGES} in {THERE} is disabled" in watches
    assert f"aws events enable-rule --name {CHANGES} --region {THERE}" in watches
    assert f"1 letters wait in {LETTERS} in {THERE}" in letters
    events.enable_rule(Name=CHANGES)
    sqs.purge_queue(QueueUrl=url)
    assert looked(stage) == []

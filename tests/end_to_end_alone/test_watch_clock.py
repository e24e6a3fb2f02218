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

"""The watch clock looks at further regions, too, with the permissions that the template gives."""

import pytest

from cli.stage import answer

THERE = "eu-west-1"
WATCH = "snapback-changes-cloudtrail"
LETTERS = "snapback-not-forwarded"


def looked(stage):
    outcome = stage.sandbox.invoke(stage.outputs["WatchFunctionName"], {})
    stage.settle()
    assert outcome.error is None, outcome.payload
    return answer(outcome)["faults"]


@pytest.fixture
def faulty(stage):
    """A region of which a watch is disabled, and where something was not forwarded."""
    events = stage.sandbox.operator.client("events", region=THERE)
    sqs = stage.sandbox.operator.client("sqs", region=THERE)
    url = sqs.get_queue_url(QueueName=LETTERS)["QueueUrl"]
    events.disable_rule(Name=WATCH)
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    yield
    events.enable_rule(Name=WATCH)
    sqs.purge_queue(QueueUrl=url)


def test_a_watch_that_is_disabled_and_a_letter_that_waits_there_are_told(stage, faulty):
    since = len(stage.sandbox.mailbox)
    assert looked(stage) == ["watches", "dead letters"]
    watches, letters = [mail.body for mail in stage.sandbox.mailbox[since:]]
    assert f"{WATCH} in {THERE} is disabled" in watches
    assert f"aws events enable-rule --name {WATCH} --region {THERE}" in watches
    assert f"1 letters wait in {LETTERS} in {THERE}" in letters


def test_when_they_are_well_again_that_is_told(stage):
    since = len(stage.sandbox.mailbox)
    assert looked(stage) == []
    ended = [mail.subject.partition(":")[0] for mail in stage.sandbox.mailbox[since:]]
    assert ended == ["[ENDED] Snapback watches", "[ENDED] Snapback dead letters"]

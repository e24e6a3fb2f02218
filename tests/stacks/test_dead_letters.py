"""Dead letters: whatever is kept is kept encrypted, for two weeks, with an alarm."""

import pytest

from tests.stacks.synthesized import Properties, Template

DEAD = ["FunctionDeadLetters", "UndoDeadLetters", "WatchDeadLetters"]
TWO_WEEKS = 14 * 24 * 60 * 60


def test_watch_function_and_queue_have_dead_letters(whole: Template) -> None:
    names = sorted(whole.each("AWS::SQS::Queue"))
    assert [name[:-13] for name in names if "DeadLetters" in name] == DEAD


@pytest.mark.parametrize("queue", DEAD)
def test_anything_in_it_raises_an_alarm(queue: str, whole: Template) -> None:
    name, _ = whole.one("AWS::SQS::Queue", queue)
    alarm = alarms(whole)[name]
    topic, _ = whole.one("AWS::SNS::Topic")
    assert alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
    assert alarm["AlarmActions"] == [{"Ref": topic}]


@pytest.mark.parametrize("queue", [*DEAD, "UndoQueue"])
def test_a_queue_is_encrypted_and_keeps_for_two_weeks(queue: str, whole: Template) -> None:
    _, found = whole.one("AWS::SQS::Queue", queue)
    assert found["SqsManagedSseEnabled"] is True
    assert found["MessageRetentionPeriod"] == TWO_WEEKS


@pytest.mark.parametrize("queue", [*DEAD, "UndoQueue"])
def test_nothing_is_sent_in_the_clear(queue: str, whole: Template) -> None:
    _, policy = whole.one("AWS::SQS::QueuePolicy", queue)
    first = policy["PolicyDocument"]["Statement"][0]
    assert first["Effect"] == "Deny"
    assert first["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def alarms(whole: Template) -> dict[str, Properties]:
    """The alarms by the logical id of the queue that they look at."""
    return {
        alarm["Dimensions"][0]["Value"]["Fn::GetAtt"][0]: alarm
        for alarm in whole.each("AWS::CloudWatch::Alarm").values()
    }

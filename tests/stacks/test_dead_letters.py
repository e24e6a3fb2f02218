"""Dead letters: whatever is kept is kept encrypted, for two weeks, with an alarm."""

import pytest

from tests.stacks.synthesized import Template

DEAD = ["FunctionDeadLetters", "UndoDeadLetters", "WatchDeadLetters"]
TWO_WEEKS = 14 * 24 * 60 * 60


def test_watch_function_and_queue_have_dead_letters(whole: Template) -> None:
    names = sorted(whole.each("AWS::SQS::Queue"))
    assert [name[:-13] for name in names if "DeadLetters" in name] == DEAD


@pytest.mark.parametrize("queue", DEAD)
def test_whatever_comes_into_it_raises_an_alarm_anew(queue: str, whole: Template) -> None:
    """How many wait is no threshold: the alarm would stay, and say nothing of the next one."""
    _, alarm = whole.one("AWS::CloudWatch::Alarm", queue)
    growth, letters = alarm["Metrics"]
    assert growth["Expression"] == f"DIFF(FILL({letters['Id']}, 0))"
    assert growth.get("ReturnData", True) is True
    assert letters["ReturnData"] is False
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)


@pytest.mark.parametrize("queue", DEAD)
def test_what_is_looked_at_is_the_queue_by_the_minute(queue: str, whole: Template) -> None:
    name, _ = whole.one("AWS::SQS::Queue", queue)
    _, alarm = whole.one("AWS::CloudWatch::Alarm", queue)
    looked = alarm["Metrics"][1]["MetricStat"]
    assert looked["Metric"]["MetricName"] == "ApproximateNumberOfMessagesVisible"
    [dimension] = looked["Metric"]["Dimensions"]
    assert dimension == {"Name": "QueueName", "Value": {"Fn::GetAtt": [name, "QueueName"]}}
    assert (looked["Period"], looked["Stat"]) == (60, "Maximum")


@pytest.mark.parametrize("queue", DEAD)
def test_a_value_that_comes_late_is_still_looked_at(queue: str, whole: Template) -> None:
    _, alarm = whole.one("AWS::CloudWatch::Alarm", queue)
    assert (alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"]) == (5, 1)
    assert alarm["TreatMissingData"] == "notBreaching"


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

"""The alarms: what tells people, through a topic of their own, when the functions cannot."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.front.hooks import Fault
from tests.end_to_end.test_storm import signed_in


@pytest.fixture
def quiet(stage):
    """The stage with all alarms at rest, in a minute in which the clock beats."""
    stage.settle()
    stage.sandbox.invoke(stage.outputs["WatchFunctionName"], {})
    stage.sandbox.alarmed()
    cloudwatch = stage.sandbox.operator.client("cloudwatch")
    for each in cloudwatch.describe_alarms()["MetricAlarms"]:
        cloudwatch.set_alarm_state(
            AlarmName=each["AlarmName"], StateValue="OK", StateReason="at rest"
        )
    yield stage
    stage.sandbox.front.hooks.faults.clear()


def told(stage, before, at):
    """Who is in alarm, and what was mailed through the alarms' topic."""
    raised = stage.sandbox.alarmed(at)
    return raised, [mail.subject for mail in stage.sandbox.mailbox[before:]]


def test_functions_that_fail_are_told_of_though_no_function_can(quiet):
    def by_a_function(call, caller):
        return call.service == "dynamodb" and not caller.operator

    quiet.sandbox.front.hooks.faults.append(
        Fault(when=by_a_function, code="AccessDeniedException", message="no", status=400)
    )
    before, now = len(quiet.sandbox.mailbox), datetime.now(UTC)
    quiet.sandbox.put_record(signed_in("unheard"))
    quiet.settle()
    assert quiet.sandbox.mailbox[before:] == []
    raised, mails = told(quiet, before, datetime.now(UTC))
    assert any("EvaluateErrorsAlarm" in name for name in raised)
    assert any("FunctionDeadLettersAlarm" in name for name in raised)
    assert {f'ALARM: "{name}"' for name in raised} <= {*mails}
    assert not any("Heartbeat" in name for name in raised)

    raised, mails = told(quiet, len(quiet.sandbox.mailbox), now + timedelta(hours=1))
    (silent,) = raised
    assert "HeartbeatAlarm" in silent
    assert mails == [f'ALARM: "{silent}"']
    quiet.sandbox.front.hooks.faults.clear()
    outcome = quiet.sandbox.invoke(quiet.outputs["WatchFunctionName"], {})
    assert outcome.error is None
    _, mails = told(quiet, len(quiet.sandbox.mailbox), datetime.now(UTC))
    assert f'OK: "{silent}"' in mails

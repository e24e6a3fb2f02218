"""The canary: what it changes comes back as an event, is noted, and is told to nobody."""

from datetime import UTC, datetime, timedelta


def test_it_comes_back_and_nobody_is_told(stage):
    sandbox = stage.sandbox
    stage.settle()
    of_deployment = stage.records.heard()
    assert of_deployment is not None
    mailed, failed, since = len(sandbox.mailbox), len(sandbox.failures), datetime.now(UTC)
    names = sandbox.operator.client("lambda").list_functions()["Functions"]
    (name,) = (each["FunctionName"] for each in names if "Snapback-Canary" in each["FunctionName"])
    assert sandbox.invoke(name, {}).error is None
    stage.settle()
    heard = stage.records.heard()
    assert heard is not None
    assert heard >= since - timedelta(seconds=1)
    assert len(sandbox.failures) == failed
    raised = sandbox.alarmed(datetime.now(UTC) + timedelta(hours=25))
    assert not any("Canary" in each for each in raised)
    raised = sandbox.alarmed(datetime.now(UTC) + timedelta(hours=27))
    assert any("CanaryAlarm" in each for each in raised)
    assert [each for each in sandbox.mailbox[mailed:] if "ALARM" not in each.subject] == []

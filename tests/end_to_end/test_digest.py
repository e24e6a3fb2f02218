"""What is recorded and not mailed: it waits, and a day later a sweep tells of it in one mail."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.aws.records_of_cloudtrail import record

TODAY = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def quiet(stage):
    """The stage, with nothing that waits."""
    stage.settle()
    stage.records.digested(stage.records.waiting())
    return stage


def happened(stage, name, at):
    """A call that no catalogue knows; the ids of its incident and of whatever else it led to."""
    before = len(stage.sandbox.invocations)
    stage.sandbox.put_record(called(name, at))
    stage.settle()
    incidents = stage.incidents(stage.sandbox.invocations[before:])
    return [incident.id for incident in incidents]


ACTOR = record()["userIdentity"]["arn"]


def called(name, at):
    return record(
        eventName=name,
        eventTime=at.isoformat().replace("+00:00", "Z"),
        eventID=f"{name}-{at}",
        requestParameters={"userName": "mallory"},
    )


def swept(stage):
    """The mails of a sweep."""
    before = len(stage.sandbox.mailbox)
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    return stage.sandbox.mailbox[before:]


def test_a_call_that_nobody_knows_waits_and_a_sweep_of_the_same_day_keeps_it(quiet):
    [incident] = happened(quiet, "CallOfToday", TODAY)
    assert swept(quiet) == []
    assert [*quiet.records.waiting()] == [incident]


def test_a_sweep_a_day_later_tells_of_all_that_waits_and_the_next_one_of_nothing(quiet):
    yesterday = TODAY - timedelta(days=1, minutes=1)
    ids = [
        incident
        for at in (yesterday, yesterday + timedelta(hours=1), TODAY)
        for incident in happened(quiet, "CallOfYesterday", at)
    ]
    [mail] = swept(quiet)
    assert mail.subject == "[LOW] 3 changes of low severity (account 123456789012)"
    assert "1. 3 times, " in mail.body
    assert (
        "iam:CallOfYesterday on user mallory, by arn:aws:iam::123456789012:user/mallory"
        in mail.body
    )
    assert ids[0] in mail.body
    assert swept(quiet) == []
    assert quiet.records.waiting() == {}

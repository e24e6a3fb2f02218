"""What happens in another region than Snapback's own: noticed, told, and undone there."""

import time

import pytest

from cli.drill.attack import Happened
from cli.stage import THIEF
from tests.end_to_end.attacks import labels

THERE = "eu-west-1"


@pytest.fixture(scope="module")
def trail(stage):
    """A trail of one region alone, of which Snapback's own region knows nothing."""
    cloudtrail = stage.sandbox.operator.client("cloudtrail", region=THERE)
    made = cloudtrail.create_trail(Name="of-ireland", S3BucketName="company-trail")
    cloudtrail.start_logging(Name="of-ireland")
    stage.sandbox.invoke(stage.outputs["SweepFunctionName"], {})
    stage.settle()
    time.sleep(1.05)
    return made["TrailARN"]


def thief(stage):
    return stage.sandbox.as_user("eve").client("cloudtrail", region=THERE)


def test_a_trail_that_is_stopped_there_is_started_there(stage, trail):
    mails, before = len(stage.sandbox.mailbox), stage.sandbox.snapshot()
    during = stage.attack(lambda _: thief(stage).stop_logging(Name="of-ireland"))
    stage.settle()
    assert during != before
    assert labels(stage.sandbox.mailbox[mails:]) == ["CRITICAL", "RESTORED"]
    assert stage.sandbox.snapshot() == before


def test_its_event_came_by_that_regions_bus(stage, trail):
    [forwarded] = {
        entry.caller.name
        for entry in stage.sandbox.front.hooks.log
        if entry.call.operation == "PutEvents" and entry.decisions
    }
    assert forwarded.startswith(f"Snapback-{THERE}")
    assert stage.sandbox.failures == []


SIGNED_IN = Happened(
    "signin:ConsoleLogin",
    record={
        "eventType": "AwsConsoleSignIn",
        "awsRegion": THERE,
        "responseElements": {"ConsoleLogin": "Success"},
        "additionalEventData": {"MFAUsed": "No"},
    },
)
ENABLED = Happened("account:EnableRegion", {"RegionName": "af-south-1"}, {"awsRegion": THERE})
TOLD = {
    "a sign-in without MFA": (SIGNED_IN, "MEDIUM", "user eve signed in, without MFA"),
    "a region that nobody watches": (ENABLED, "HIGH", "nothing is watched there"),
}


@pytest.mark.parametrize(("deed", "severity", "says"), TOLD.values(), ids=TOLD)
def test_what_is_recorded_there_is_told(stage, deed, severity, says):
    mails = len(stage.sandbox.mailbox)
    deed.made(stage.thief, {}, THIEF)
    stage.settle()
    [mail] = stage.sandbox.mailbox[mails:]
    assert labels([mail]) == [severity]
    assert says in mail.body
    assert THERE in mail.body


WATCH = "snapback-changes-cloudtrail"


def test_a_watch_of_that_region_that_is_disabled_is_enabled_there(stage, trail):
    events = stage.sandbox.operator.client("events", region=THERE)
    mails = len(stage.sandbox.mailbox)
    stage.attack(lambda it: it.thief.client("events", region=THERE).disable_rule(Name=WATCH))
    stage.settle()
    assert labels(stage.sandbox.mailbox[mails:]) == ["CRITICAL", "RESTORED"]
    assert events.describe_rule(Name=WATCH)["State"] == "ENABLED"

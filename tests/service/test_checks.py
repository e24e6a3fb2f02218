from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lambdas.model.check import Check, Health
from lambdas.model.deployed import SeenCanary, SeenWatch
from lambdas.model.gathered import Gathered
from lambdas.model.incident import Alert, Ending, Outcome
from lambdas.model.problem import Problem
from lambdas.model.state import ONLY, Part, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.checking import Checking
from lambdas.service.checks import answers
from lambdas.service.evaluate import evaluate
from tests.service.fake_sensor import (
    EVALUATE,
    FEED,
    MAIL,
    QUEUE,
    WATCH,
    FakeSensor,
    whole_trail,
)
from tests.service.world import AT, SETTINGS, TRAIL, World, attach

Changed = Callable[[FakeSensor], object]
REGIONAL = Subject(Kind.TRAIL, "arn:aws:cloudtrail:eu-west-1:123456789012:trail/other")


def seen(*trails: object, **more: object) -> States:
    return States({each.subject: each for each in trails}, **more)


def checked(sensor: FakeSensor, world: World | None = None) -> dict[str, Check]:
    if world is None:
        world = World()
        world.records.history.clear()
    of = Checking(sensor=sensor, records=world.records, clock=world.clock, settings=SETTINGS)
    return {check.name: check for check in answers(of)}


def test_all_is_well() -> None:
    assert {check.state for check in checked(FakeSensor()).values()} == {Health.OK}


def selecting(selectors: str) -> States:
    return seen(whole_trail(**{"event selectors": {"EventSelectors": selectors}}))


HERE = {"IsMultiRegionTrail": "false", "IncludeGlobalServiceEvents": "true"}
WELL = {
    "a trail of this region alone": ("seen_trails", seen(whole_trail(settings=HERE))),
    "a trail that leaves out noisy keys": (
        "seen_trails",
        selecting(
            '[{"ReadWriteType":"WriteOnly","IncludeManagementEvents":true,"DataResources":[],'
            '"ExcludeManagementEventSources":["kms.amazonaws.com"]}]'
        ),
    ),
    "nothing is undone": ("seen_feeds", ()),
    "a function that is being made": ("seen_functions", (replace(EVALUATE, state="Pending"),)),
    "a queue's messages handed over soon": ("seen_feeds", (replace(FEED, state="Enabling"),)),
}


@pytest.mark.parametrize(("part", "value"), WELL.values(), ids=WELL)
def test_what_is_no_fault(part: str, value: object) -> None:
    found = checked(replace(FakeSensor(), **{part: value}))
    assert [check for check in found.values() if check.state is not Health.OK] == []


READS_ONLY = (
    '[{"ReadWriteType":"ReadOnly","IncludeManagementEvents":true,"DataResources":[],'
    '"ExcludeManagementEventSources":[]}]'
)
FAULTS = {
    "no trail": ("seen_trails", States({}), "trails", "no trail"),
    "a trail that never logged": ("seen_trails", seen(whole_trail("false")), "trails", "no trail"),
    "a trail of reads": ("seen_trails", selecting(READS_ONLY), "trails", "no trail"),
    "a trail of another region": (
        "seen_trails",
        seen(replace(whole_trail(settings=HERE), subject=REGIONAL, arn=REGIONAL.name)),
        "trails",
        "no trail",
    ),
    "a disabled watch": ("seen_watches", (replace(WATCH, state="DISABLED"),), "watches", "changes"),
    "a watch that is gone": ("seen_watches", (replace(WATCH, state=None),), "watches", "changes"),
    "a watch without target": ("seen_watches", (replace(WATCH, targets=()),), "watches", "changes"),
    "a watch that asks for something else": (
        "seen_watches",
        (replace(WATCH, meant='{"source": ["aws.iam"]}'),),
        "watches",
        "changes",
    ),
    "no watch": ("seen_watches", (), "watches", "watches"),
    "no function": ("seen_functions", (), "functions", "functions"),
    "a function that is gone": (
        "seen_functions",
        (replace(EVALUATE, state=None),),
        "functions",
        "evaluate",
    ),
    "a function that may not run": (
        "seen_functions",
        (replace(EVALUATE, reserved=0),),
        "functions",
        "evaluate",
    ),
    "a function that failed": (
        "seen_functions",
        (replace(EVALUATE, state="Failed"),),
        "functions",
        "evaluate",
    ),
    "a function whose update failed": (
        "seen_functions",
        (replace(EVALUATE, last_update="Failed"),),
        "functions",
        "evaluate",
    ),
    "a disabled feed": ("seen_feeds", (replace(FEED, state="Disabled"),), "undo queue", "uuid"),
    "a feed that is gone": ("seen_feeds", (replace(FEED, state=None),), "undo queue", "uuid"),
    "an address that has not confirmed": (
        "seen_subscriptions",
        (replace(MAIL, confirmed=False),),
        "subscriptions",
        "security@example.com alerts",
    ),
    "an address that is not subscribed": (
        "seen_subscriptions",
        (),
        "subscriptions",
        "security@example.com alerts",
    ),
    "letters": ("seen_letters", (replace(QUEUE, letters=2),), "dead letters", "letters"),
    "a queue that is gone": (
        "seen_letters",
        (replace(QUEUE, letters=None),),
        "dead letters",
        "letters",
    ),
}


@pytest.mark.parametrize(("part", "value", "name", "faulty"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_its_part_and_what_mends_it(
    part: str, value: object, name: str, faulty: str
) -> None:
    found = checked(replace(FakeSensor(), **{part: value}))
    assert [check.name for check in found.values() if check.state is not Health.OK] == [name]
    assert found[name].state is Health.FAULT
    assert found[name].parts == (faulty,)
    assert found[name].mend


THERE = replace(WATCH, name="snapback-changes", region="eu-west-1")
GONE_THERE = replace(THERE, state=None)
NOT_FORWARDED = replace(QUEUE, url="snapback-not-forwarded", region="eu-west-1")


def elsewhere(*watches: object, **more: object) -> FakeSensor:
    return FakeSensor(seen_watches=(WATCH, *watches), **more)


def test_further_regions_are_well_where_theirs_are() -> None:
    found = checked(elsewhere(THERE, replace(THERE, name="snapback-tampering")))["watches"]
    assert found.state is Health.OK
    assert found.says.startswith("all 1 watches are enabled and have their targets")
    assert found.says.endswith("and so are all 2 in further regions")


@pytest.mark.parametrize(
    "faulty",
    [
        pytest.param(replace(THERE, state="DISABLED"), id="it is disabled"),
        pytest.param(GONE_THERE, id="it is gone"),
        pytest.param(replace(THERE, targets=()), id="it brings its events elsewhere"),
    ],
)
def test_a_fault_of_a_further_region_names_the_region(faulty: object) -> None:
    found = checked(elsewhere(faulty))["watches"]
    assert (found.state, found.parts) == (Health.FAULT, ("snapback-changes in eu-west-1",))


def test_a_region_that_cannot_be_read_is_unknown() -> None:
    unread = replace(GONE_THERE, unread="AccessDenied")
    found = checked(elsewhere(unread))["watches"]
    assert found.state is Health.UNKNOWN
    assert "snapback-changes in eu-west-1 could not be read: AccessDenied" in found.says


def test_a_region_that_cannot_be_read_hides_no_fault_of_another() -> None:
    unread = replace(GONE_THERE, unread="AccessDenied")
    found = checked(FakeSensor(seen_watches=(replace(WATCH, state="DISABLED"), unread)))["watches"]
    assert (found.state, len(found.parts)) == (Health.FAULT, 2)


ROLLOUT = {
    "a region to which the deployment has not come yet": (timedelta(minutes=5), (), True),
    "a region to which it should have come": (timedelta(minutes=31), (), False),
    "a region of which it left out one": (timedelta(minutes=5), (THERE,), False),
}


@pytest.mark.parametrize(("ago", "others", "well"), ROLLOUT.values(), ids=ROLLOUT)
def test_a_region_without_any_watch(
    ago: timedelta, others: tuple[SeenWatch, ...], *, well: bool
) -> None:
    world = World()
    world.records.history.clear()
    gone = replace(GONE_THERE, name="snapback-tampering")
    sensor = elsewhere(gone, *others, when_deployed=world.clock.now() - ago)
    assert (checked(sensor, world)["watches"].state is Health.OK) is well


MEANT = replace(WATCH, meant='{"source": ["aws.iam"]}')


def test_what_a_watch_should_ask_for_is_put_back_by_one_call() -> None:
    found = checked(FakeSensor(seen_watches=(MEANT,)))["watches"]
    put = "aws events put-rule --name changes --region us-east-1 --event-pattern"
    assert found.mend == (f"{put} '{MEANT.meant}'",)


@pytest.mark.parametrize(("minutes", "well"), [(30, True), (31, False)])
def test_a_deployment_may_take_a_while_to_change_what_watches_ask_for(
    minutes: int, *, well: bool
) -> None:
    world = World()
    world.records.history.clear()
    ago = world.clock.now() - timedelta(minutes=minutes)
    sensor = FakeSensor(seen_watches=(MEANT,), when_deployed=ago)
    assert (checked(sensor, world)["watches"].state is Health.OK) is well


def test_a_home_without_any_watch_is_never_waited_for() -> None:
    world = World()
    world.records.history.clear()
    gone = replace(WATCH, state=None)
    sensor = FakeSensor(seen_watches=(gone,), when_deployed=world.clock.now())
    assert checked(sensor, world)["watches"].state is Health.FAULT


def test_what_was_not_forwarded_names_its_region() -> None:
    full = replace(NOT_FORWARDED, letters=3)
    found = checked(FakeSensor(seen_letters=(QUEUE, full)))["dead letters"]
    assert found.says == "3 letters wait in snapback-not-forwarded in eu-west-1"
    assert found.mend[0].endswith("--region eu-west-1")


def test_an_account_without_a_trail_is_told_how_to_have_one() -> None:
    found = checked(FakeSensor(seen_trails=States({})))["trails"]
    assert found.says == (
        "no trail logs the management events that change something in the home region"
    )
    assert found.mend == ('set "createTrail": true in cdk.json, and run make deploy',)


def test_a_subscription_that_nobody_confirmed_names_the_address_and_both_ways_to_do_it() -> None:
    waiting = replace(MAIL, confirmed=False)
    found = checked(FakeSensor(seen_subscriptions=(waiting,)))["subscriptions"]
    assert found.says == "security@example.com has not confirmed its subscription to alerts"
    again, link = found.mend
    assert again.startswith("aws sns subscribe --topic-arn ")
    assert link == "follow the link in the mail that AWS sends to the address"


def test_a_trail_that_did_log_was_stopped() -> None:
    world = World()
    world.records.history.append(whole_trail())
    found = checked(FakeSensor(seen_trails=seen(whole_trail("false"))), world)["trails"]
    assert found.parts == (TRAIL.name, "no trail")
    assert found.mend == (f"aws cloudtrail start-logging --name {TRAIL.name} --region us-east-1",)


def test_another_trail_that_logs_does_not_hide_that_one_was_stopped() -> None:
    world = World()
    world.records.history.append(whole_trail())
    other = replace(whole_trail(), subject=REGIONAL, arn=REGIONAL.name, unique_id=REGIONAL.name)
    found = checked(FakeSensor(seen_trails=seen(whole_trail("false"), other)), world)["trails"]
    assert found.parts == (TRAIL.name,)


def test_a_trail_whose_undo_is_pending_is_being_seen_to() -> None:
    world = World()
    world.records.history.append(whole_trail())
    world.records.undos["20260301-1"] = TRAIL.name
    found = checked(FakeSensor(seen_trails=seen(whole_trail("false"))), world)["trails"]
    assert found.parts == ("no trail",)


UNREAD = {
    "of which nothing was read": States({}, (Problem("Throttling"),)),
    "whose logging alone was read": States(
        {TRAIL: replace(whole_trail(), parts={Part.LOGGING: {ONLY: "true"}})},
        (Problem("Throttling"),),
    ),
}


@pytest.mark.parametrize("trails", UNREAD.values(), ids=UNREAD)
def test_trails_that_cannot_be_read_are_not_well(trails: States) -> None:
    assert checked(FakeSensor(seen_trails=trails))["trails"].state is Health.UNKNOWN


def test_what_cannot_be_found_out_is_unknown_and_keeps_no_other_from_being_asked() -> None:
    found = checked(FakeSensor(blind=True))
    assert found["watches"].state is Health.UNKNOWN
    assert found["watches"].says == "it could not be found out: TimeoutError: DescribeRule"
    assert found["functions"].state is Health.OK


def owe(world: World) -> None:
    world.records.incidents["1"] = replace(judged(world), alert=Alert.OWED)
    world.clock.moment += timedelta(minutes=3)


def owe_the_end(world: World) -> None:
    made = judged(world)
    world.clock.moment += timedelta(minutes=3, seconds=1)
    outcome = Outcome(ending=Ending.RESTORED, says="x", at=AT)
    world.records.incidents["1"] = made.ended(outcome)


def wait(world: World) -> None:
    world.records.waits["1"] = world.clock.now() - timedelta(hours=28)


def crowd(world: World) -> None:
    since = world.clock.now() - timedelta(minutes=31)
    world.records.crowds["1"] = Gathered(incident="1", actor="arn", at=since)


def judged(world: World):
    made = evaluate(world.happens(attach()), world.evaluation())
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("late", "part"), [(owe, "owed"), (owe_the_end, "owed"), (wait, "digest"), (crowd, "crowd")]
)
def test_mails_that_are_late(late: Callable[[World], None], part: str) -> None:
    world = World()
    late(world)
    found = checked(FakeSensor(), world)["mails"]
    assert (found.state, found.parts) == (Health.FAULT, (part,))


@pytest.mark.parametrize("alert", [Alert.OWED, Alert.PUT_OFF])
def test_a_mail_that_the_clock_is_about_to_send_is_not_late(alert: Alert) -> None:
    world = World()
    world.records.incidents["1"] = replace(judged(world), alert=alert)
    world.clock.moment += timedelta(minutes=1)
    assert checked(FakeSensor(), world)["mails"].state is Health.OK


FLOWN = AT + timedelta(hours=20)
CANARIES = {
    "none has flown yet": (None, None, timedelta(hours=1), "since it was deployed", "ok"),
    "it is on its way": (FLOWN, None, timedelta(minutes=14), "on its way", "ok"),
    "it came back": (FLOWN, FLOWN, timedelta(hours=3), "came back", "ok"),
    "a later one than is seen came back": (AT, FLOWN, timedelta(hours=1), "came back", "ok"),
    "it did not come back": (FLOWN, AT, timedelta(minutes=16), "not come back", "lost"),
    "a moment to come was written": (FLOWN, AT, timedelta(hours=-9), "not come back", "lost"),
    "none has flown for a day": (AT, AT, timedelta(hours=26), "no canary has flown", "grounded"),
    "none has ever flown": (None, None, timedelta(hours=26), "no canary has flown", "grounded"),
}


@pytest.mark.parametrize(
    ("tagged", "heard", "later", "says", "part"), CANARIES.values(), ids=CANARIES
)
def test_the_last_canary(
    tagged: datetime | None, heard: datetime | None, later: timedelta, says: str, part: str
) -> None:
    world = World()
    world.records.canary = heard
    world.clock.moment = (tagged or AT) + later
    found = checked(FakeSensor(seen_canary=SeenCanary(made=AT, tagged=tagged)), world)["canary"]
    assert says in found.says
    assert (found.parts or ("ok",)) == (part,)


def test_a_canary_without_its_policy() -> None:
    found = checked(FakeSensor(seen_canary=None))["canary"]
    assert (found.state, found.parts) == (Health.FAULT, ("policy",))

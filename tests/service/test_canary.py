"""The canary's event: told of to nobody, and nobody else can hide behind it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lambdas.model.canary import TAG, Canary, spelled
from lambdas.model.change import Change, Edit
from lambdas.model.incident import Alert, Incident
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.canary import carried
from lambdas.service.evaluate import evaluate
from tests.service.world import ACCOUNT, AT, MALLORY, World, change, state

POLICY = Subject(Kind.POLICY, f"arn:aws:iam::{ACCOUNT}:policy/Snapback-CanaryPolicy")
BY = replace(MALLORY, kind="AssumedRole", arn=f"arn:aws:iam::{ACCOUNT}:role/Snapback-CanaryRole")
CANARY = Canary(tagged=POLICY.name, by=str(BY.arn))
NOTHING = '{"Version":"2012-10-17","Statement":[]}'


def tagged(key: str = TAG, value: str = spelled(AT), **changed: Any) -> Change:
    edit = Edit(Part.TAGS, key, value)
    return replace(change("TagPolicy", POLICY, edit, actor=BY, own=True), **changed)


def judged(world: World, made: Change, canary: Canary | None = CANARY) -> Incident:
    world.account.have(state(POLICY, document={"v1": NOTHING}, tags={}))
    found = evaluate(world.happens(made), replace(world.evaluation(), canary=canary))
    assert found is not None
    return found


def test_it_is_recorded_and_stamped_and_nobody_is_told() -> None:
    world = World()
    incident = judged(world, tagged())
    assert (incident.alert, incident.undoes, incident.waits) == (Alert.NONE, False, False)
    assert incident.verdict.findings == incident.verdict.problems == ()
    assert world.records.heard() == AT
    assert world.records.incidents == {incident.id: incident}
    assert world.subjects() == []


def test_what_it_left_joins_the_history_so_that_no_sweep_finds_it_unannounced() -> None:
    world = World()
    judged(world, tagged())
    known = [each for each in world.records.history if each.subject == POLICY]
    assert [each.value(Part.TAGS, TAG) for each in known] == [spelled(AT)]


def test_the_clocks_of_two_services_may_differ_by_minutes() -> None:
    for late in (timedelta(minutes=4), -timedelta(minutes=4)):
        assert carried(tagged(value=spelled(AT + late)), CANARY) == AT + late


DEED = Edit(Part.TAGS, TAG, spelled(AT))
OTHERS = {
    "somebody else": tagged(actor=MALLORY),
    "nobody who is known": tagged(actor=replace(BY, arn=None)),
    "another role": tagged(actor=replace(BY, arn=f"{BY.arn}2")),
    "another policy": tagged(subject=Subject(Kind.POLICY, f"{POLICY.name}2")),
    "another kind of subject": tagged(subject=Subject(Kind.ROLE, POLICY.name)),
    "no subject": tagged(subject=None),
    "another call": tagged(name="UntagPolicy"),
    "a call of another service": tagged(source="cloudtrail.amazonaws.com"),
    "another tag": tagged(key="team"),
    "another part": tagged(edits=(replace(DEED, part=Part.DOCUMENT),)),
    "a tag more": tagged(edits=(DEED, Edit(Part.TAGS, "team", "red"))),
    "no tag at all": tagged(edits=()),
    "something that cannot be read": tagged(problems=(Problem("x", Severity.HIGH),)),
    "another moment": tagged(value=spelled(AT - timedelta(minutes=6))),
    "a moment to come": tagged(value=spelled(AT + timedelta(minutes=6))),
    "a moment without a zone": tagged(value="2026-03-01T12:00:05"),
    "a moment in other words": tagged(value="2026-03-01 12:00:05+00:00"),
    "a value that is no moment": tagged(value="red"),
    "no value": tagged(edits=(Edit(Part.TAGS, TAG, None),)),
}


@pytest.mark.parametrize("made", OTHERS.values(), ids=OTHERS)
def test_whatever_differs_in_one_thing_is_no_canary(made: Change) -> None:
    assert carried(made, CANARY) is None


def test_whoever_deployed_none_hears_none() -> None:
    assert carried(tagged(), None) is None


@pytest.mark.parametrize("name", ["somebody else", "another moment", "a tag more"])
def test_what_is_no_canary_is_judged_as_tampering(name: str) -> None:
    world = World()
    incident = judged(world, OTHERS[name])
    assert incident.alert is Alert.SENT
    assert world.records.heard() is None

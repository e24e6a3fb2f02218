"""Crowds: a trusted actor's many mails become one, and none is dropped."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lambdas.model.actor import Actor
from lambdas.model.change import Edit
from lambdas.model.family import Family
from lambdas.model.incident import Alert, Incident
from lambdas.model.mail import Mail
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.crowds import MOST, WITHIN, deploys, send_crowds
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import AlertNotSentError
from tests.service.fakes import LEASE
from tests.service.world import (
    ADMIN,
    ALICE,
    MALLORY,
    OURSELVES,
    OWN_ROLE,
    PIPELINE,
    SETTINGS,
    World,
    change,
    put,
    user,
)

OTHER = replace(PIPELINE, arn="arn:aws:iam::123456789012:role/other")
TRUSTING = replace(
    SETTINGS, trusted_actors=(str(PIPELINE.arn), str(OTHER.arn), OWN_ROLE), response={}
)


@pytest.fixture
def world() -> World:
    return World(settings=TRUSTING)


def given(world: World, number: int, actor: Actor = PIPELINE) -> Incident:
    """The nth of many users becomes administrator."""
    subject = Subject(Kind.USER, f"user-{number}")
    held = replace(user(), subject=subject, unique_id=f"ID-{number}")
    world.account.have(held)
    world.records.remember((held,))
    edit = Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess")
    made = change("AttachUserPolicy", subject, edit, event_id=f"event-{number}", actor=actor)
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    return incident


def told(world: World) -> int:
    return send_crowds(world.records, world.alerts, world.clock)


def crowd(world: World, most: int = 14) -> list[Incident]:
    incidents = [given(world, number) for number in range(most)]
    world.alerts.sent.clear()
    world.clock.moment += WITHIN + timedelta(seconds=1)
    return incidents


def test_up_to_ten_are_mailed_one_by_one(world: World) -> None:
    incidents = [given(world, number) for number in range(MOST)]
    assert {each.alert for each in incidents} == {Alert.SENT}
    assert (len(world.alerts.sent), told(world)) == (MOST, 0)


def test_what_comes_beyond_ten_waits_and_is_recorded(world: World) -> None:
    incidents = [given(world, number) for number in range(14)]
    assert [each.alert for each in incidents[MOST:]] == [Alert.GATHERED] * 4
    assert len(world.alerts.sent) == MOST
    assert all(world.records.incidents[each.id] == each for each in incidents)
    assert told(world) == 0, "they are not due yet"


def test_they_are_told_in_one_mail_once(world: World) -> None:
    incidents = crowd(world)
    assert [told(world), told(world)] == [4, 0]
    [mail] = world.alerts.sent
    assert mail.subject == ("[CRITICAL] 4 changes by trusted actor deploy (account 123456789012)")
    assert [each.id in mail.body for each in incidents] == [False] * MOST + [True] * 4
    assert (
        "  - CRITICAL, 2026-03-01 12:00:05 UTC: iam:AttachUserPolicy on user user-10: user user-10"
        " is now administrator of the account (incident "
    ) in mail.body


def test_another_actor_and_another_hour_have_mails_of_their_own(world: World) -> None:
    crowd(world, MOST)
    assert given(world, 20).alert is Alert.SENT
    for number in range(21, 30):
        given(world, number)
    assert given(world, 30).alert is Alert.GATHERED
    assert given(world, 31, OTHER).alert is Alert.SENT


def test_each_actors_are_told_apart(world: World) -> None:
    for number in range(11):
        given(world, number)
        given(world, number + 100, OTHER)
    world.clock.moment += WITHIN
    world.alerts.sent.clear()
    assert told(world) == 2
    assert sorted(mail.subject for mail in world.alerts.sent) == [
        f"[CRITICAL] 1 changes by trusted actor {name} (account 123456789012)"
        for name in ("deploy", "other")
    ]


@pytest.mark.parametrize("actor", [MALLORY, OURSELVES], ids=["a stranger", "our own role"])
def test_who_is_not_trusted_is_never_gathered(world: World, actor: Actor) -> None:
    incidents = [given(world, number, actor) for number in range(MOST + 3)]
    assert {each.alert for each in incidents} == {Alert.SENT}


def test_what_is_not_worth_a_mail_does_not_count(world: World) -> None:
    for number in range(20):
        evaluate(put("{}", actor=PIPELINE, event_id=f"quiet-{number}"), world.evaluation())
    world.records.mailed.clear()
    problem = Problem("not in the catalogue", Severity.LOW)
    for number in range(20):
        low = change(
            "TagUser", ALICE, event_id=f"low-{number}", actor=PIPELINE, problems=(problem,)
        )
        evaluate(low, world.evaluation())
    assert world.records.mailed == []


class TestRunsThatDie:
    def test_one_that_saved_and_did_not_gather_gathers_on_its_next_try(self, world: World) -> None:
        for number in range(MOST):
            given(world, number)
        world.records.failing = {"gather"}
        with pytest.raises(TimeoutError):
            given(world, 10)
        world.clock.moment += LEASE * 1.01
        assert given(world, 10).alert is Alert.GATHERED
        assert len(world.records.crowds) == 1

    def test_one_that_mailed_and_could_not_note_it_mails_again(self, world: World) -> None:
        crowd(world)
        world.records.failing = {"scatter"}
        with pytest.raises(TimeoutError):
            told(world)
        assert (told(world), len(world.alerts.sent)) == (4, 2)

    def test_mail_that_fails_keeps_them_waiting_and_others_from_nothing(self, world: World) -> None:
        for number in range(11):
            given(world, number)
            given(world, number + 100, OTHER)
        world.clock.moment += WITHIN
        world.alerts.sent.clear()
        world.alerts.refusals = 1
        with pytest.raises(AlertNotSentError):
            told(world)
        assert len(world.alerts.sent) == len(world.records.crowds) == 1
        assert told(world) == 1

    def test_while_another_run_sends_it_nothing_is_sent_twice(self, world: World) -> None:
        incidents = crowd(world)
        world.records.claim(f"crowd#{incidents[MOST].id}")
        assert (told(world), world.alerts.sent) == (0, [])

    def test_what_another_run_has_sent_meanwhile_is_sent_once(self, world: World) -> None:
        incidents = crowd(world)
        world.records.claim(f"crowd#{incidents[MOST].id}")
        world.records.finish(f"crowd#{incidents[MOST].id}")
        assert (told(world), world.alerts.sent) == (0, [])


class TestTheMail:
    def mail(self, world: World) -> Mail:
        told(world)
        return world.alerts.sent[-1]

    def test_what_cannot_be_read_any_more_is_named(self, world: World) -> None:
        incidents = crowd(world)
        world.records.unreadable = {incidents[-1].id}
        del world.records.incidents[incidents[-2].id]
        mail = self.mail(world)
        assert mail.subject.startswith("[CRITICAL] 4 changes by")
        for each in incidents[-2:]:
            assert f"\n  - incident {each.id} cannot be read any more\n" in mail.body

    def test_where_none_can_be_read_it_is_told_all_the_same(self, world: World) -> None:
        incidents = crowd(world)
        world.records.unreadable = {each.id for each in incidents}
        assert self.mail(world).subject == (
            "[HIGH] 4 changes by trusted actor deploy (account not known)"
        )

    def test_the_worst_stand_first_and_the_rest_is_counted(self, world: World) -> None:
        incidents = crowd(world, MOST + 230)
        hidden = replace(incidents[-1].change, subject=None)
        problem = Problem("the target is unknown", Severity.MEDIUM)
        mild = replace(
            incidents[-1],
            change=hidden,
            verdict=replace(incidents[-1].verdict, findings=(), problems=(problem,)),
        )
        world.records.incidents[mild.id] = mild
        mail = self.mail(world)
        assert "\n  and 30 more of severity critical or less, in the incidents' records\n" in (
            mail.body
        )
        assert len(mail.body) < 200_000
        world.records.crowds.clear()
        world.records.gather(mild.id, str(PIPELINE.arn))
        world.clock.moment += WITHIN
        assert " on an unknown target: the target is unknown (incident " in self.mail(world).body


RULE = Subject(
    Kind.WATCH, "arn:aws:events:us-east-1:123456789012:rule/Snapback-WatchesChangesiam1A2B"
)
DEPLOYER = replace(PIPELINE, arn="arn:aws:iam::123456789012:role/cdk-exec", session="cfn")


@pytest.fixture
def deploying() -> World:
    return World(settings=replace(TRUSTING, deploy_actors=("arn:*:iam::*:role/cdk-*",)))


def own(world: World, number: int, **changed: Any) -> Incident:
    """The nth call on a part of Snapback."""
    given = {"name": "PutRule", "subject": RULE, "actor": DEPLOYER, **changed}
    made = change(**given, source="events.amazonaws.com", family=Family.SELF, own=True)
    made = replace(made, event_id=f"own-{number}")
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    return incident


def test_a_deployment_of_snapback_is_one_mail(deploying: World) -> None:
    incidents = [own(deploying, number) for number in range(3)]
    assert {each.alert for each in incidents} == {Alert.GATHERED}
    assert deploying.alerts.sent == []
    deploying.clock.moment += WITHIN + timedelta(seconds=1)
    assert told(deploying) == 3
    [mail] = deploying.alerts.sent
    assert mail.subject == (
        "[REDEPLOYED] Snapback was redeployed by role cdk-exec (account 123456789012)"
    )
    assert mail.body.count("events:PutRule on watch") == 3
    assert "None of these was undone" in mail.body


def test_who_is_no_deployer_is_told_of_at_once(deploying: World) -> None:
    assert own(deploying, 1, actor=MALLORY).alert is Alert.SENT


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"own": False}, id="what is not Snapback's"),
        pytest.param(
            {"subject": Subject(Kind.GUARDDUTY, "arn:aws:guardduty:us-east-1:1:detector/1")},
            id="another sensor",
        ),
        pytest.param(
            {"source": "cloudformation.amazonaws.com", "name": "DeleteStack"}, id="its end"
        ),
        pytest.param(
            {"actor": replace(DEPLOYER, arn="arn:aws:iam::210987654321:role/cdk-exec")},
            id="another account's role of the name",
        ),
        pytest.param({"subject": None}, id="what does not say its target"),
    ],
)
def test_no_step_of_a_deployment_is(deploying: World, changed: dict[str, Any]) -> None:
    incident = own(deploying, 1)
    assert deploys(incident, deploying.settings)
    other = replace(incident, change=replace(incident.change, **changed))
    assert not deploys(other, deploying.settings)


def test_a_deployment_whose_incidents_are_lost_is_told_all_the_same(deploying: World) -> None:
    incident = own(deploying, 1)
    deploying.records.incidents.pop(incident.id)
    deploying.clock.moment += WITHIN + timedelta(seconds=1)
    assert told(deploying) == 1
    [mail] = deploying.alerts.sent
    assert "redeployed by an actor that is not known" in mail.body
    assert f"incident {incident.id} cannot be read any more" in mail.body

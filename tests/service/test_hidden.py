"""Calls whose events hide what they did: the account is read again, and what it shows is told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.incident import Alert, Incident
from lambdas.model.problem import Problem
from lambdas.model.revert import Call, Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.by_hand import by_hand
from lambdas.service.evaluate import evaluate
from lambdas.service.past import CONSISTENT
from lambdas.service.ports import AlertNotSentError
from lambdas.service.suspected import GRACE
from lambdas.service.sweep import sweep
from tests.service.world import (
    ADMIN,
    ALICE,
    ALL,
    OURSELVES,
    READ,
    READER,
    World,
    change,
    put,
    state,
    user,
)

BOB = Subject(Kind.USER, "bob")
ROLE = Subject(Kind.ROLE, "builder")
OWN = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/own")
OMITTED = Problem("the target is unknown: CloudTrail omitted them: too large, 131072 bytes")
EVERYBODY = (
    '{"Version":"2012-10-17","Statement":'
    '{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}}'
)
VERSIONS = {"document": {"v1": READ}, "versions": {"v1": READ}, "default": {ONLY: "v1"}}


@pytest.fixture
def world() -> World:
    """An account that was swept an hour ago."""
    made = World()
    made.records.history.clear()
    made.account.have(
        user(tags={}),
        state(ROLE, trust={ONLY: READ}, attached={}, inline={}, groups={}, boundary={}),
        state(OWN, **VERSIONS),
    )
    swept(made)
    made.clock.sleep(3600)
    made.alerts.sent.clear()
    made.records.stands.clear()
    return made


def swept(world: World, *problems: Problem, after: int = 0) -> int:
    known = {each: replace(s, as_of=world.clock.now()) for each, s in world.account.world.items()}
    world.account.pages = (States(known, problems),)
    done = sweep(world.sweeping(), after=after)
    assert done is not None
    return done.unannounced


def hidden(world: World, name: str = "PutUserPolicy", event: str = "1", **changed: Any) -> Change:
    """A call that is made now, and whose event does not say what it did."""
    at = world.clock.now().replace(microsecond=0)
    return change(name, None, event_id=f"{name}-{event}", at=at, problems=(OMITTED,), **changed)


def evaluated(world: World, made: Change) -> Incident:
    incident = evaluate(made, world.evaluation())
    assert incident is not None
    return incident


def found(world: World, *hid: Incident) -> list[Incident]:
    """The incidents that a sweep has made beside these."""
    swept(world)
    known = {each.id for each in hid}
    return [each for each in world.records.incidents.values() if each.id not in known]


def writes(world: World, subject: Subject = ALICE, document: str | None = ALL) -> None:
    world.account.edit(subject, Edit(Part.INLINE, "work", document))


class TestASweepIsAskedFor:
    def test_not_by_an_event_that_says_what_it_did(self, world: World) -> None:
        evaluated(world, world.happens(put(READ)))
        assert (world.sweeps.asked, world.records.hides) == ([], set())

    def test_not_by_a_call_that_is_not_in_the_catalogue(self, world: World) -> None:
        evaluated(world, hidden(world, "RenameRole"))
        assert world.sweeps.asked == []

    def test_once_iam_shows_what_the_call_did(self, world: World) -> None:
        incident = evaluated(world, made := hidden(world))
        assert world.clock.now() >= made.at + CONSISTENT
        assert (world.sweeps.asked, world.records.hides) == ([0], {incident.id})
        assert world.subjects() == ["HIGH"]

    def test_and_people_are_told_what_comes_next(self, world: World) -> None:
        evaluated(world, hidden(world))
        [mail] = world.alerts.sent
        assert "The whole account is read again now" in mail.body

    def test_at_once_where_the_event_comes_late(self, world: World) -> None:
        made = hidden(world)
        world.clock.sleep(60)
        world.clock.slept.clear()
        evaluated(world, made)
        assert (world.sweeps.asked, world.clock.slept) == ([0], [0.0])

    def test_twice_at_most_by_however_many_within_a_minute(self, world: World) -> None:
        made = [hidden(world, event=str(number)) for number in range(10)]
        world.clock.moment = world.clock.moment.replace(second=20)
        for each in made:
            evaluated(world, each)
        assert world.sweeps.asked == [0, 40]

    def test_once_a_minute_by_those_that_go_on(self, world: World) -> None:
        world.clock.moment = world.clock.moment.replace(second=0)
        for number in range(30):
            evaluated(world, hidden(world, event=str(number)))
            world.clock.sleep(1)
        assert len(world.sweeps.asked) == 4, "in 3 minutes, and one for the rest"

    def test_by_the_next_try_where_it_could_not_be_asked_for(self, world: World) -> None:
        made = hidden(world)
        world.sweeps.refusals = 1
        with pytest.raises(TimeoutError):
            evaluate(made, world.evaluation())
        evaluated(world, made)
        assert (world.sweeps.asked, world.subjects()) == ([0], ["HIGH"])

    def test_by_another_where_one_that_would_have_is_still_at_it(self, world: World) -> None:
        world.records.claim(f"sweep#{world.clock.now():%Y-%m-%dT%H:%M}")
        evaluated(world, hidden(world))
        assert [0 < after <= 60 for after in world.sweeps.asked] == [True]

    def test_also_where_its_mail_is_still_owed(self, world: World) -> None:
        world.alerts.refusals = 1
        with pytest.raises(AlertNotSentError):
            evaluate(hidden(world), world.evaluation())
        assert world.sweeps.asked == [0]

    def test_not_for_a_call_of_our_own_that_was_planned(self, world: World) -> None:
        undone = evaluated(world, world.happens(put(at=world.clock.now())))
        made = hidden(world, actor=OURSELVES)
        world.records.plan(undone.id, [made.fingerprint])
        assert evaluated(world, made).planned_by == undone.id
        assert world.sweeps.asked == []


class TestWhatAHiddenCallCanHaveDone:
    def test_is_told_at_once_with_the_calls_that_take_it_back(self, world: World) -> None:
        writes(world)
        hid = evaluated(world, hidden(world))
        [incident] = found(world, hid)
        assert incident.verdict.severity is Severity.CRITICAL
        assert incident.change.actor == hid.change.actor
        assert (incident.change.call, incident.change.at) == ("iam:PutUserPolicy", hid.change.at)
        delete = {"UserName": "alice", "PolicyName": "work"}
        [call] = (
            Call(
                service="iam", operation="DeleteUserPolicy", parameters=delete, region="us-east-1"
            ),
        )
        assert incident.revert == (call,)
        assert by_hand(incident, world.evaluation()) == (call,)
        assert (incident.alert, world.undos.requested) == (Alert.SENT, [])

    def test_is_told_in_words_that_name_the_incident(self, world: World) -> None:
        writes(world)
        hid = evaluated(world, hidden(world))
        [incident] = found(world, hid)
        mail = next(each for each in world.alerts.sent if "administrator" in each.subject)
        assert mail.subject.startswith("[CRITICAL] user alice is now administrator")
        assert "aws iam delete-user-policy --user-name alice --policy-name work" in mail.body
        assert f"snapback revert {incident.id}" in mail.body
        assert f"which can be this (incident {hid.id})" in mail.body

    def test_is_told_once(self, world: World) -> None:
        writes(world)
        hid = evaluated(world, hidden(world))
        assert len(found(world, hid)) == 1
        assert world.records.hides == set()
        world.clock.sleep(3600)
        assert swept(world) == 0

    def test_is_told_by_the_sweep_of_the_second_call_if_a_sweep_came_between(
        self, world: World
    ) -> None:
        """The event comes after a sweep that read what its call had done."""
        made = hidden(world)
        writes(world)
        world.clock.sleep(7)
        assert swept(world) == 0, "an event may come"
        hid = evaluated(world, made)
        assert [each.change.call for each in found(world, hid)] == ["iam:PutUserPolicy"]

    def test_is_told_at_once_of_somebody_of_whom_something_else_is_suspected(
        self, world: World
    ) -> None:
        world.account.edit(ALICE, Edit(Part.TAGS, "team", "blue"))
        assert swept(world) == 0
        world.clock.sleep(60)
        writes(world)
        hid = evaluated(world, hidden(world))
        [incident] = found(world, hid)
        assert [edit.part for edit in incident.change.edits] == [Part.INLINE]
        assert len(world.records.suspected) == 1
        world.clock.sleep(GRACE.total_seconds())
        [later] = found(world, hid, incident)
        assert [edit.part for edit in later.change.edits] == [Part.TAGS]

    def test_that_does_no_harm_goes_into_the_digest(self, world: World) -> None:
        writes(world, document=READ)
        hid = evaluated(world, hidden(world))
        [incident] = found(world, hid)
        assert (incident.verdict.severity, incident.waits) == (Severity.LOW, True)

    def test_is_nothing_where_the_call_changed_nothing(self, world: World) -> None:
        hid = evaluated(world, hidden(world))
        assert found(world, hid) == []

    def test_brings_the_former_text_back(self, world: World) -> None:
        world.account.edit(ROLE, Edit(Part.TRUST, ONLY, EVERYBODY))
        hid = evaluated(world, hidden(world, "UpdateAssumeRolePolicy"))
        [incident] = found(world, hid)
        [call] = incident.revert
        assert call.parameters["PolicyDocument"] == READ

    def test_takes_a_policy_s_versions_back_in_order(self, world: World) -> None:
        for edit in (Edit(Part.VERSIONS, "v2", ALL), Edit(Part.DEFAULT, ONLY, "v2")):
            world.account.edit(OWN, edit)
        hid = evaluated(world, hidden(world, "CreatePolicyVersion"))
        [incident] = found(world, hid)
        operations = [call.operation for call in incident.revert]
        assert operations == ["SetDefaultPolicyVersion", "DeletePolicyVersion"]

    def test_can_be_a_policy_that_was_made(self, world: World) -> None:
        made = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/made")
        world.account.have(
            state(made, document={"v1": ALL}, versions={"v1": ALL}, default={ONLY: "v1"})
        )
        hid = evaluated(world, hidden(world, "CreatePolicy"))
        [incident] = found(world, hid)
        assert incident.change.lifecycle is Lifecycle.CREATED
        assert [call.operation for call in incident.revert] == ["DeletePolicy"]

    def test_of_several_calls_of_one_actor_is_that_actor_s(self, world: World) -> None:
        writes(world)
        hid = [evaluated(world, hidden(world, event=str(number))) for number in range(2)]
        [incident] = found(world, *hid)
        assert incident.change.actor == hid[0].change.actor
        [problem] = incident.verdict.problems
        assert f"(incident {hid[1].id}, and so do 1 more)" in problem.says

    def test_of_several_calls_of_several_actors_is_nobody_s(self, world: World) -> None:
        writes(world)
        other = replace(hidden(world).actor, arn="arn:aws:iam::123456789012:user/eve")
        hid = [
            evaluated(world, hidden(world)),
            evaluated(world, hidden(world, event="2", actor=other)),
        ]
        [incident] = found(world, *hid)
        assert incident.change.actor.arn is None
        assert "one of several" in incident.change.actor.kind

    def test_beside_something_else_is_told_without_calls(self, world: World) -> None:
        writes(world)
        world.account.edit(ALICE, Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess"))
        hid = evaluated(world, hidden(world))
        [incident] = found(world, hid)
        assert incident.change.name == "NoEvent"
        assert isinstance(incident.revert, Irreversible)
        assert len(incident.change.edits) == 2
        assert f"which can be this (incident {hid.id})" in incident.verdict.problems[0].says

    def test_of_a_call_that_does_more_than_write_a_document_is_told_without_calls(
        self, world: World
    ) -> None:
        world.account.edit(ALICE, Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess"))
        hid = evaluated(world, hidden(world, "AttachUserPolicy"))
        [incident] = found(world, hid)
        assert incident.change.name == "NoEvent"


class TestWhatItCannotHaveDoneWaitsForAnEvent:
    @pytest.mark.parametrize(
        ("name", "subject", "edit"),
        [
            pytest.param(
                "PutUserPolicy",
                ALICE,
                Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess"),
                id="another part of a user",
            ),
            pytest.param(
                "PutUserPolicy", ROLE, Edit(Part.INLINE, "work", ALL), id="another kind of subject"
            ),
            pytest.param(
                "PutRolePolicy",
                ROLE,
                Edit(Part.TRUST, ONLY, EVERYBODY),
                id="another part of a role",
            ),
            pytest.param(
                "DeleteUser",
                ALICE,
                Edit(Part.INLINE, "work", ALL),
                id="somebody who is still there",
            ),
        ],
    )
    def test_of_another_kind(self, world: World, name: str, subject: Subject, edit: Edit) -> None:
        world.account.edit(subject, edit)
        hid = evaluated(world, hidden(world, name))
        assert found(world, hid) == []
        world.clock.sleep(GRACE.total_seconds())
        [incident] = found(world, hid)
        assert incident.change.name == "NoEvent"

    def test_that_was_taken_away(self, world: World) -> None:
        world.account.have(user(inline={"work": ALL}, tags={}))
        swept(world)
        world.records.suspected.clear()
        world.clock.sleep(3600)
        writes(world, document=None)
        hid = evaluated(world, hidden(world))
        assert found(world, hid) == []

    def test_that_was_there_before_it(self, world: World) -> None:
        writes(world)
        assert swept(world) == 0
        world.clock.sleep(10)
        hid = evaluated(world, hidden(world))
        assert found(world, hid) == []

    def test_that_came_after_it(self, world: World) -> None:
        made = hidden(world)
        world.clock.sleep(60)
        world.account.edit(ALICE, Edit(Part.TAGS, "team", "blue"))
        world.records.remember([replace(world.account.world[ALICE], as_of=world.clock.now())])
        world.clock.sleep(60)
        writes(world)
        hid = evaluated(world, made)
        assert found(world, hid) == []

    def test_that_another_event_explains(self, world: World) -> None:
        made = put(at=world.clock.now().replace(microsecond=0), event_id="seen")
        world.happens(made)
        world.clock.sleep(7)
        assert swept(world) == 0
        told = evaluated(world, made)
        world.records.settle(told)
        hid = evaluated(world, hidden(world))
        assert found(world, told, hid) == []

    def test_in_a_policy_of_aws(self, world: World) -> None:
        world.account.have(state(READER, document={"v2": ALL}))
        hid = evaluated(world, hidden(world, "CreatePolicyVersion"))
        [incident] = found(world, hid)
        assert incident.change.name == "NewDefaultVersion"


class TestItIsLookedForAgain:
    def test_where_the_sweep_began_before_iam_showed_it(self, world: World) -> None:
        made = hidden(world)
        hid = evaluated(world, made)
        world.clock.moment = made.at + timedelta(seconds=3)
        assert found(world, hid) == []
        assert world.records.hides == {hid.id}
        world.clock.sleep(20)
        writes(world)
        assert len(found(world, hid)) == 1

    def test_where_not_all_could_be_read(self, world: World) -> None:
        hid = evaluated(world, hidden(world))
        with pytest.raises(Exception, match="Throttling"):
            swept(world, Problem("Throttling"))
        assert world.records.hides == {hid.id}

    def test_where_an_undo_is_pending(self, world: World) -> None:
        """What is hidden behind it is seen once it has ended."""
        undone = evaluated(world, world.happens(put(at=world.clock.now())))
        hid = evaluated(world, hidden(world))
        assert found(world, undone, hid) == []
        assert world.records.hides == {hid.id}

    def test_where_nothing_at_all_was_read(self, world: World) -> None:
        hid = evaluated(world, hidden(world))
        world.account.pages = ()
        world.account.world.clear()
        swept(world)
        assert world.records.hides == {hid.id}


def test_a_sweep_that_is_asked_to_wait_reads_afterwards(world: World) -> None:
    world.clock.slept.clear()
    swept(world, after=40)
    assert world.clock.slept == [40]

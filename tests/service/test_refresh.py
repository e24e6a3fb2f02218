"""What a sweep finds changed: explained by events, or told once none can come any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lambdas.model.change import Edit, Lifecycle
from lambdas.model.incident import Incident
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.differences import Difference
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import AlertNotSentError
from lambdas.service.refresh import refresh
from lambdas.service.suspected import GRACE
from lambdas.service.unannounced_mail import MOST_ALONE, MOST_NAMED
from tests.service.world import (
    ADMIN,
    ALICE,
    ALL,
    PIPELINE,
    READ,
    READER,
    TRAIL,
    World,
    attach,
    change,
    put,
    state,
    user,
)

HOUR = 3600
UNREAD = Problem("something could not be read")
BOB = Subject(Kind.USER, "bob")
TEAM = Subject(Kind.GROUP, "team")
OWN = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/own")


@pytest.fixture
def world() -> World:
    """An account that was swept an hour ago."""
    made = World()
    made.records.history.clear()
    swept(made)
    made.clock.sleep(HOUR)
    return made


def swept(world: World, *problems: Problem, ended: bool = True) -> int:
    known = {each: replace(s, as_of=world.clock.now()) for each, s in world.account.world.items()}
    return refresh(States(known, tuple(problems)), world.sweeping(), ended=ended)


def twice(world: World) -> list[Incident]:
    """The incidents of two sweeps, an hour apart."""
    assert swept(world) == 0, "its event may still come"
    world.clock.sleep(HOUR)
    swept(world)
    return [*world.records.incidents.values()]


def known(world: World, unique_id: str = "ID-alice") -> State:
    found = world.records.before(unique_id, world.clock.now() + timedelta(seconds=1))
    assert isinstance(found, State)
    return found


def parted(world: World, subject: Subject, part: Part, key: str, value: str | None) -> None:
    world.account.edit(subject, Edit(part, key, value))


def silently(world: World) -> None:
    """Alice becomes administrator, and no event comes."""
    parted(world, ALICE, Part.ATTACHED, ADMIN.name, "AdministratorAccess")


def test_an_account_that_stays_as_it_is_adds_nothing(world: World) -> None:
    before = list(world.records.history)
    assert twice(world) == []
    assert world.records.history == before
    assert world.records.seen["ID-alice"] == world.clock.now()


def test_the_first_sweep_takes_everything_as_it_is() -> None:
    made = World()
    made.records.history.clear()
    silently(made)
    assert twice(made) == []
    assert known(made).parts == made.account.world[ALICE].parts


class TestAChangeWithoutAnEvent:
    def test_is_told_once_it_is_too_late_for_one(self, world: World) -> None:
        silently(world)
        [incident] = twice(world)
        assert incident.verdict.severity is Severity.CRITICAL
        assert incident.held == "no event says which call it was, so nothing can be undone"
        assert [edit.key for edit in incident.change.edits] == [ADMIN.name]
        [mail] = world.alerts.sent
        assert mail.subject.startswith("[CRITICAL] user alice is now administrator")
        assert "no event came: a sweep found it" in mail.body
        assert "attached managed policy" in mail.body

    def test_is_told_once(self, world: World) -> None:
        silently(world)
        twice(world)
        assert known(world).parts == world.account.world[ALICE].parts
        world.alerts.sent.clear()
        assert len(twice(world)) == 1
        assert world.subjects() == []

    def test_is_before_the_next_change_from_then_on(self, world: World) -> None:
        silently(world)
        swept(world)
        assert known(world).parts == world.account.world[ALICE].parts
        assert world.records.seen["ID-alice"] is None

    def test_is_not_told_within_the_grace(self, world: World) -> None:
        silently(world)
        swept(world)
        world.clock.sleep((GRACE - timedelta(seconds=1)).total_seconds())
        assert swept(world) == 0

    def test_is_not_told_if_its_event_comes_meanwhile(self, world: World) -> None:
        silently(world)
        swept(world)
        late = attach(at=world.clock.now() - timedelta(minutes=2), actor=PIPELINE)
        evaluate(late, world.evaluation())
        world.clock.sleep(HOUR)
        assert swept(world) == 0
        assert world.records.suspected == {}

    def test_is_not_told_if_it_is_gone_meanwhile(self, world: World) -> None:
        silently(world)
        swept(world)
        parted(world, ALICE, Part.ATTACHED, ADMIN.name, None)
        world.clock.sleep(HOUR)
        assert swept(world) == 0
        assert (world.records.suspected, world.records.incidents) == ({}, {})

    def test_that_does_no_harm_goes_into_the_digest(self, world: World) -> None:
        parted(world, ALICE, Part.ATTACHED, READER.name, None)
        [incident] = twice(world)
        assert incident.verdict.severity is Severity.LOW
        assert [*world.records.waits] == [incident.id]
        assert world.subjects() == []

    def test_that_is_mailed_in_vain_is_owed(self, world: World) -> None:
        silently(world)
        world.alerts.refusals = 1
        with pytest.raises(AlertNotSentError):
            twice(world)
        [incident] = world.records.owed()
        assert known(world).parts == world.account.world[ALICE].parts
        assert incident.change.subject == ALICE

    def test_that_another_sweep_has_told_is_not_told_again(self, world: World) -> None:
        silently(world)
        swept(world)
        suspected = dict(world.records.suspected)
        world.clock.sleep(HOUR)
        for _ in range(2):
            world.records.suspected = dict(suspected)
            swept(world)
        assert world.subjects() == ["CRITICAL"]

    def test_is_no_deletion_while_an_undo_is_pending(self, world: World) -> None:
        parted(world, ALICE, Part.ATTACHED, READER.name, None)
        swept(world)
        incident = evaluate(world.happens(put(at=world.clock.now())), world.evaluation())
        assert incident is not None
        assert world.records.pending() == {"ID-alice"}
        world.clock.sleep(HOUR)
        assert swept(world) == 0
        assert [*world.records.suspected] == ["ID-alice"]

    def test_is_no_deletion_where_its_subject_was_not_read(self, world: World) -> None:
        silently(world)
        swept(world)
        alice = world.account.world.pop(ALICE)
        world.clock.sleep(HOUR)
        assert swept(world, UNREAD) == 0
        world.account.have(alice)
        assert swept(world) == 1

    def test_of_somebody_who_came_and_went_is_nothing(self, world: World) -> None:
        world.account.have(state(BOB, inline={"x": ALL}))
        swept(world)
        world.records.history[:] = [s for s in world.records.history if s.subject != BOB]
        del world.account.world[BOB]
        world.clock.sleep(HOUR)
        assert swept(world) == 0
        assert world.records.suspected == {}


def test_what_hides_behind_an_announced_change_is_found(world: World) -> None:
    """The event says that a policy was detached; another one was attached without an event."""
    made = change("DetachUserPolicy", ALICE, Edit(Part.ATTACHED, READER.name, None))
    made = replace(made, at=world.clock.now() + timedelta(seconds=1))
    world.clock.sleep(2)
    silently(world)
    swept(world)
    evaluate(world.happens(made), world.evaluation())
    incidents = twice(world)
    assert [edit.key for edit in incidents[-1].change.edits] == [ADMIN.name]


def test_what_an_undo_that_failed_has_left_is_explained_by_its_event(world: World) -> None:
    made = attach(at=world.clock.now())
    world.clock.sleep(2)
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    assert swept(world) == 0, "its undo is pending"
    assert known(world).parts == user().parts
    world.records.settle(incident)
    assert swept(world) == 0
    assert known(world).parts == made.applied_to(user()).parts


class TestWhoIsNew:
    def test_without_an_event_is_told_with_all_that_it_may_do(self, world: World) -> None:
        world.account.have(state(BOB, inline={"x": ALL}, attached={}, groups={}, boundary={}))
        [incident] = twice(world)
        assert incident.change.lifecycle is Lifecycle.CREATED
        assert world.subjects() == ["CRITICAL"]
        assert "user bob was made and no event came" in world.alerts.sent[0].body

    def test_by_an_event_is_known(self, world: World) -> None:
        made = change("CreateUser", BOB, at=world.clock.now())
        evaluate(world.happens(made), world.evaluation())
        world.records.history[:] = [s for s in world.records.history if s.subject != BOB]
        assert len(twice(world)) == 1
        assert known(world, "ID-bob").subject == BOB

    def test_as_one_of_aws_s_policies_is_nothing_new(self, world: World) -> None:
        arn = "arn:aws:iam::aws:policy/PowerUserAccess"
        world.account.have(state(Subject(Kind.POLICY, arn), document={"v1": READ}))
        assert twice(world) == []

    def test_of_a_kind_that_was_never_read_before_is_taken_as_it_is(self, world: World) -> None:
        del world.records.seen["kind user"]
        world.account.have(state(BOB, inline={"x": ALL}))
        assert twice(world) == []


class TestWhoIsGone:
    def test_without_an_event_is_told(self, world: World) -> None:
        del world.account.world[TRAIL]
        [incident] = twice(world)
        assert incident.verdict.severity is Severity.CRITICAL
        assert world.alerts.sent[0].subject.startswith("[CRITICAL] trail ")
        assert len(twice(world)) == 1

    def test_by_an_event_is_known(self, world: World) -> None:
        made = change("DeleteTrail", TRAIL, at=world.clock.now() + timedelta(seconds=1))
        world.clock.sleep(2)
        incident = evaluate(world.happens(made), world.evaluation())
        assert incident is not None
        world.records.settle(incident)
        assert len(twice(world)) == 1

    def test_is_not_concluded_from_a_sweep_that_is_not_whole(self, world: World) -> None:
        del world.account.world[TRAIL]
        assert swept(world, Problem("the trails could not be read")) == 0
        assert world.records.suspected == {}

    def test_since_a_sweep_that_was_not_whole_is_told_by_the_next_one(self, world: World) -> None:
        trail = world.account.world.pop(TRAIL)
        swept(world, UNREAD)
        [incident] = twice(world)
        assert incident.change.subject == trail.subject

    def test_is_told_where_only_a_part_of_somebody_was_not_read(self, world: World) -> None:
        del world.account.world[TRAIL]
        swept(world, replace(UNREAD, severity=Severity.MEDIUM))
        world.clock.sleep(HOUR)
        assert swept(world, replace(UNREAD, severity=Severity.MEDIUM)) == 1

    def test_while_an_undo_was_pending_is_told_by_a_later_one(self, world: World) -> None:
        incident = evaluate(world.happens(put(at=world.clock.now())), world.evaluation())
        assert incident is not None
        del world.account.world[ALICE]
        assert twice(world) == [incident]
        world.records.settle(incident)
        assert [each.change.lifecycle for each in twice(world)][1:] == [Lifecycle.DELETED]

    def test_as_one_of_aws_s_policies_is_only_used_by_nobody(self, world: World) -> None:
        del world.account.world[ADMIN]
        assert twice(world) == []


class TestAPolicyOfAws:
    def test_with_a_new_version_is_judged_at_once_for_everyone_attached(self, world: World) -> None:
        world.account.have(state(READER, document={"v2": ALL}))
        assert swept(world) == 1
        [incident] = world.records.incidents.values()
        assert incident.affected == (ALICE,)
        assert incident.verdict.severity is Severity.CRITICAL
        assert "AWS" in str(incident.change.actor)
        assert swept(world) == 0
        assert world.subjects() == ["CRITICAL"]

    def test_is_judged_for_those_who_draw_on_it_through_a_group(self, world: World) -> None:
        world.account.have(
            state(TEAM, attached={READER.name: "R"}, inline={}),
            user(attached={}, groups={"team": "team"}),
        )
        twice(world)
        world.records.incidents.clear()
        world.account.have(state(READER, document={"v2": ALL}))
        swept(world)
        [incident] = world.records.incidents.values()
        assert incident.affected == (ALICE,)

    def test_with_a_version_that_gives_nothing_wakes_nobody(self, world: World) -> None:
        world.account.have(state(READER, document={"v2": READ}))
        assert swept(world) == 1
        assert world.subjects() == []


def test_what_a_first_sweep_did_not_reach_is_taken_as_it_is_by_the_next_one() -> None:
    made = World()
    made.records.history.clear()
    trail = made.account.world.pop(TRAIL)
    swept(made, UNREAD, ended=False)
    made.account.have(trail)
    made.clock.sleep(HOUR)
    assert twice(made) == []


def test_a_sweep_that_breaks_off_forgets_nobody(world: World) -> None:
    before = dict(world.records.seen)
    trail = world.account.world.pop(TRAIL)
    swept(world, UNREAD, ended=False)
    world.account.have(trail)
    assert world.records.seen.keys() == before.keys()
    assert twice(world) == []


def test_a_policy_s_document_follows_from_its_versions(world: World) -> None:
    parts = {"document": {"v1": READ}, "versions": {"v1": READ}, "default": {ONLY: "v1"}}
    world.account.have(state(OWN, **parts))
    del world.records.seen["kind policy"]
    swept(world)
    parts = {
        "document": {"v2": ALL},
        "versions": {"v1": READ, "v2": ALL},
        "default": {ONLY: "v2"},
    }
    world.account.have(state(OWN, **parts))
    [incident] = twice(world)
    assert [edit.part for edit in incident.change.edits] == [Part.VERSIONS, Part.DEFAULT]


def test_a_key_that_no_event_told_of_is_a_new_credential(world: World) -> None:
    world.account.have(user(**{"access keys": {}}))
    swept(world)
    parted(world, ALICE, Part.ACCESS_KEYS, "AKIA1", "Active")
    [incident] = twice(world)
    assert [finding.rule for finding in incident.verdict.findings] == ["new-credential"]


def test_members_of_a_group_that_is_renamed_have_not_changed(world: World) -> None:
    world.account.have(state(TEAM, attached={}, inline={}), user(groups={"team": "team"}))
    del world.records.seen["kind group"]
    world.records.history[:] = [s for s in world.records.history if s.subject != ALICE]
    del world.records.seen["kind user"]
    swept(world)
    del world.account.world[TEAM]
    crew = Subject(Kind.GROUP, "crew")
    world.account.have(
        replace(state(TEAM, attached={}, inline={}), subject=crew),
        user(groups={"crew": "crew"}),
    )
    assert twice(world) == []
    assert Part.GROUPS in known(world).parts


def test_members_of_a_group_that_stays_are_compared_as_everybody(world: World) -> None:
    world.account.have(state(TEAM, attached={}, inline={}), user(groups={"team": "team"}))
    world.records.seen = {}
    swept(world)
    world.clock.sleep(HOUR)
    silently(world)
    [incident] = twice(world)
    assert [edit.key for edit in incident.change.edits] == [ADMIN.name]


def test_members_of_a_group_that_is_gone_have_changed(world: World) -> None:
    world.account.have(state(TEAM, attached={}, inline={}), user(groups={"team": "team"}))
    world.records.seen = {}
    swept(world)
    world.clock.sleep(HOUR)
    del world.account.world[TEAM]
    world.account.have(user(groups={}))
    subjects = {each.change.subject for each in twice(world)}
    assert subjects == {TEAM, ALICE}


def test_many_are_told_together(world: World) -> None:
    for number in range(MOST_NAMED + 1):
        subject = Subject(Kind.USER, f"u{number}")
        world.account.have(state(subject, inline={"x": ALL}, attached={}, groups={}, boundary={}))
    assert len(twice(world)) == MOST_NAMED + 1
    [mail] = world.alerts.sent
    assert mail.subject.startswith(f"[CRITICAL] {MOST_NAMED + 1} changes that no event announced")
    assert "and 1 more, in the records" in mail.body
    assert MOST_NAMED > MOST_ALONE
    assert not [*world.records.owed()]


def test_of_many_those_without_a_finding_are_told_by_what_changed(world: World) -> None:
    for number in range(MOST_ALONE + 1):
        subject = Subject(Kind.USER, f"u{number}")
        world.account.have(state(subject, inline={"x": "{"}, attached={}, groups={}, boundary={}))
    twice(world)
    [mail] = world.alerts.sent
    assert "high: iam:NoEvent on user u0: wrote inline policy x" in mail.body


def test_a_change_has_two_sides() -> None:
    with pytest.raises(ValueError, match="two states"):
        _ = Difference(None, None).state

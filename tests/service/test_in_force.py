"""What of a change is still in force is taken back, edit by edit, and no more than that."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lambdas.calls.selectors import canonical
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.rules.judging import OutOfTimeError
from lambdas.service import restore, taking_back
from lambdas.service.evaluate import evaluate
from lambdas.service.in_force import in_force, mended
from lambdas.service.look import look
from lambdas.service.newer import newer
from lambdas.service.ports import CallFailedError
from lambdas.service.undo import undo
from lambdas.service.undoing import SubjectNotReadError
from tests.service.test_lifecycle import OPS
from tests.service.world import (
    ACCOUNT,
    ADMIN,
    ALICE,
    ALL,
    AT,
    OWNERS,
    PIPELINE,
    READ,
    TRAIL,
    World,
    attach,
    change,
    put,
    state,
    user,
)

DEPLOY = Subject(Kind.POLICY, f"arn:aws:iam::{ACCOUNT}:policy/Deploy")
VERSION = Edit(Part.VERSIONS, "v2", ALL, fresh=True)
DEFAULT = Edit(Part.DEFAULT, ONLY, "v2")
MADE = change("CreatePolicyVersion", DEPLOY, DEFAULT, VERSION)
TRANSIENT = {"transient": True, "gone": False}
PERMANENT = {"transient": False, "gone": False}


@pytest.fixture
def world() -> World:
    return World()


def judged(world: World, made: Change) -> Incident:
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident.undoes, incident.held
    return incident


def ends(world: World, incident: Incident, **last_try: bool) -> Outcome:
    return undo(incident.id, world.undoing(**last_try)).outcome


@pytest.fixture
def versioned(world: World) -> Incident:
    """A policy that alice holds, with a new default version that allows everything."""
    former = state(DEPLOY, document={"v1": READ}, versions={"v1": READ}, default={ONLY: "v1"})
    world.account.have(former, user(attached={DEPLOY.name: "Deploy"}))
    world.records.history = [former]
    return judged(world, MADE)


@pytest.mark.parametrize(
    ("value", "left", "overwritten", "back"),
    [
        pytest.param(ALL, 1, 0, 0, id="as the change left it"),
        pytest.param(READ, 0, 0, 1, id="as it was before"),
        pytest.param("{}", 0, 1, 0, id="as somebody wrote it since"),
        pytest.param(None, 0, 1, 0, id="deleted since"),
    ],
)
def test_an_edit_stands_is_overwritten_or_back(
    value: str | None, left: int, overwritten: int, back: int
) -> None:
    live = user(inline={"work": value} if value else {})
    found = in_force(put(), user(inline={"work": READ}), live)
    counts = len(found.left), len(found.overwritten), len(found.back)
    assert counts == (left, overwritten, back)
    assert found.whole is bool(left)


def test_an_edit_that_changed_nothing_is_none_of_these() -> None:
    found = in_force(put(), user(inline={"work": ALL}), user(inline={}))
    assert (found.left, found.overwritten, found.back) == ((), (), ())


@pytest.mark.parametrize("there", [True, False])
def test_what_was_made_is_mended_when_it_is_gone(world: World, *, there: bool) -> None:
    made = change("CreateGroup", OPS)
    assert made.lifecycle is Lifecycle.CREATED
    if there:
        world.account.have(state(OPS))
    assert mended(made, None, world.account.reading((OPS,)).states()) is not there


class TestPartly:
    def test_a_try_that_failed_halfway_is_resumed_and_repeats_nothing(
        self, world: World, versioned: Incident
    ) -> None:
        made = world.reverts.make

        def fail_second(call: object) -> None:
            world.reverts.failures = [TRANSIENT] if world.reverts.made else []
            made(call)

        world.reverts.make = fail_second
        with pytest.raises(CallFailedError):
            ends(world, versioned)
        world.reverts.make, world.reverts.failures = made, []
        assert ends(world, versioned).ending is Ending.RESTORED
        operations = [call.operation for call in world.reverts.made]
        assert operations == ["SetDefaultPolicyVersion", "DeletePolicyVersion"]

    def test_what_is_left_to_do_by_hand_is_only_what_failed(
        self, world: World, versioned: Incident
    ) -> None:
        made = world.reverts.make

        def fail_second(call: object) -> None:
            world.reverts.failures = [PERMANENT] if world.reverts.made else []
            made(call)

        world.reverts.make = fail_second
        outcome = ends(world, versioned)
        assert outcome.ending is Ending.FAILED
        assert outcome.says.endswith("after iam:SetDefaultPolicyVersion succeeded")
        [command] = outcome.commands
        assert command.startswith("aws iam delete-policy-version")

    def test_the_part_that_nobody_overwrote_is_taken_back(
        self, world: World, versioned: Incident
    ) -> None:
        world.account.edit(DEPLOY, Edit(Part.VERSIONS, "v3", READ + " "))
        world.account.edit(DEPLOY, Edit(Part.DEFAULT, ONLY, "v3"))
        assert ends(world, versioned).ending is Ending.RESTORED
        assert [call.operation for call in world.reverts.made] == ["DeletePolicyVersion"]
        assert world.account.world[DEPLOY].value(Part.DEFAULT) == "v3"

    @pytest.mark.parametrize(
        ("others", "operations"),
        [
            pytest.param({}, ["CreatePolicyVersion", "DeletePolicyVersion"], id="made again"),
            pytest.param(
                {f"v{number}": ALL + " " * number for number in range(3, 7)},
                ["DeletePolicyVersion", "CreatePolicyVersion", "DeletePolicyVersion"],
                id="made again where there is no room",
            ),
        ],
    )
    def test_a_default_that_was_deleted_meanwhile_is(
        self,
        world: World,
        versioned: Incident,
        others: dict[str, str],
        operations: list[str],
    ) -> None:
        """Once the new version is the default one, nothing keeps the former from being deleted."""
        for version, text in others.items():
            world.account.edit(DEPLOY, Edit(Part.VERSIONS, version, text))
        world.account.edit(DEPLOY, Edit(Part.VERSIONS, "v1", None))
        assert ends(world, versioned).ending is Ending.RESTORED
        assert [call.operation for call in world.reverts.made] == operations
        assert [*world.account.world[DEPLOY].parts[Part.DOCUMENT].values()] == [READ]
        world.clock.sleep(10)
        looked = look(versioned.id, 1, world.undoing())
        assert looked is not None
        assert looked.outcome is not None
        assert (looked.outcome.looked, looked.outcome.again) == (1, 0)

    def test_a_default_whose_deletion_is_told_of_first_is_made_again(self, world: World) -> None:
        """Of two calls within a second, the event of the second one may come first."""
        former = state(DEPLOY, document={"v1": READ}, versions={"v1": READ}, default={ONLY: "v1"})
        world.account.have(former, user(attached={DEPLOY.name: "Deploy"}))
        world.records.history = [former]
        world.happens(MADE)
        deletion = change("DeletePolicyVersion", DEPLOY, Edit(Part.VERSIONS, "v1", None))
        evaluate(world.happens(deletion), world.evaluation())
        incident = evaluate(MADE, world.evaluation())
        assert incident is not None
        assert ends(world, incident).ending is Ending.RESTORED
        assert [*world.account.world[DEPLOY].parts[Part.DOCUMENT].values()] == [READ]

    def test_selectors_that_are_one_thing_are_not_taken_back_in_part(self, world: World) -> None:
        management = {"Field": "eventCategory", "Equals": ["Management"]}
        wide, advanced = canonical([{}]), canonical([{"FieldSelectors": [management]}])
        narrow = canonical([{"IncludeManagementEvents": False}])
        former = state(TRAIL, **{"event selectors": {"AdvancedEventSelectors": advanced}})
        world.account.have(former)
        world.records.history = [former]
        edits = (
            Edit(Part.SELECTORS, "EventSelectors", narrow),
            Edit(Part.SELECTORS, "AdvancedEventSelectors", None),
        )
        made = change("PutEventSelectors", TRAIL, *edits)
        incident = judged(world, made)
        world.account.edit(TRAIL, Edit(Part.SELECTORS, "EventSelectors", wide))
        assert ends(world, incident).ending is Ending.OVERTAKEN
        assert world.reverts.made == []


class TestOverwritten:
    def test_what_does_the_same_is_undone_too(self, world: World) -> None:
        incident = judged(world, put())
        world.account.edit(ALICE, Edit(Part.INLINE, "work", ALL + " "))
        assert ends(world, incident).ending is Ending.RESTORED
        assert world.account.world[ALICE] == user()

    def test_what_a_newer_incident_is_about_is_left_to_that(self, world: World) -> None:
        """Whoever wrote it may be trusted to."""
        incident = judged(world, put())
        newer = put(ALL + " ", event_id="2", at=AT + timedelta(seconds=1), actor=PIPELINE)
        evaluate(world.happens(newer), world.evaluation())
        assert ends(world, incident).ending is Ending.OVERTAKEN
        assert world.reverts.made == []

    def test_what_there_is_no_time_to_judge_is_left_to_its_own_event(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        incident = judged(world, put())
        world.account.edit(ALICE, Edit(Part.INLINE, "work", ALL + " "))

        def late(*_: object) -> None:
            raise OutOfTimeError("none")

        monkeypatch.setattr(restore, "findings", late)
        assert ends(world, incident).ending is Ending.OVERTAKEN


@pytest.mark.parametrize(
    ("name", "is_newer"), [("CreateGroup", True), ("DeleteGroup", False)], ids=["made", "deleted"]
)
def test_what_was_made_again_is_newer(world: World, name: str, *, is_newer: bool) -> None:
    incident = evaluate(world.happens(change("CreateGroup", OPS)), world.evaluation())
    other = change(name, OPS, event_id="2")
    world.records.incidents["2"] = replace(incident, id="2", change=other)
    assert newer(incident, world.records) is is_newer


class TestJudgedForLong:
    """The subject is read again before it is written to, so that the window stays small."""

    @pytest.fixture
    def incident(self, world: World) -> Incident:
        return judged(world, attach())

    def slowly(self, world: World, edit: Edit | None) -> None:
        def pages() -> Iterator[States]:
            world.clock.sleep(2 * restore.LATE.total_seconds())
            if edit:
                world.account.edit(ALICE, edit)
            yield States({owner.subject: owner for owner in OWNERS})

        world.account.people = pages()

    def test_what_is_as_it_was_is_taken_back(self, world: World, incident: Incident) -> None:
        self.slowly(world, None)
        assert ends(world, incident).ending is Ending.RESTORED

    def test_what_was_changed_meanwhile_is_looked_at_anew(
        self, world: World, incident: Incident
    ) -> None:
        self.slowly(world, Edit(Part.INLINE, "mine", READ))
        with pytest.raises(SubjectNotReadError):
            ends(world, incident)
        assert world.reverts.made == []
        world.account.people = (States({owner.subject: owner for owner in OWNERS}),)
        assert ends(world, incident).ending is Ending.RESTORED
        assert world.account.world[ALICE] == user(inline={"mine": READ})

    def test_on_the_last_try_it_is_told(self, world: World, incident: Incident) -> None:
        self.slowly(world, Edit(Part.INLINE, "mine", READ))
        outcome = ends(world, incident, last_try=True)
        assert (outcome.ending, len(outcome.commands)) == (Ending.FAILED, 1)
        assert "while its undo was being judged" in outcome.says

    def test_the_time_to_judge_what_is_in_its_place_counts_too(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        incident = judged(world, put())
        world.account.edit(ALICE, Edit(Part.INLINE, "work", ALL + " "))

        def slowly(*given: Any) -> bool:
            world.clock.sleep(2 * restore.LATE.total_seconds())
            world.account.edit(ALICE, Edit(Part.INLINE, "work", READ))
            return restore.still_gives(*given)

        monkeypatch.setattr(taking_back, "still_gives", slowly)
        with pytest.raises(SubjectNotReadError):
            ends(world, incident)
        assert world.reverts.made == []


class TestNotToBeSeen:
    """The effect does not show: somebody took it back, or the reads lag behind."""

    def test_what_takes_away_is_tried(self, world: World) -> None:
        incident = judged(world, attach())
        attacked = world.account.world[ALICE]
        world.account.have(user())
        make = world.reverts.make

        def appears(call: object) -> None:
            world.account.have(attacked)
            make(call)

        world.reverts.make = appears
        assert ends(world, incident).ending is Ending.RESTORED
        assert world.account.world[ALICE] == user()

    def test_where_it_is_not_found_it_was_gone(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.have(user())
        assert ends(world, incident).ending is Ending.ALREADY_GONE
        assert world.reverts.made == []

    def test_nobody_holds_a_policy_that_does_not_exist(self, world: World) -> None:
        incident = judged(world, attach())
        world.account.have(user())
        del world.account.world[ADMIN]
        outcome = ends(world, incident)
        assert (outcome.ending, world.records.plans) == (Ending.ALREADY_GONE, {})

    def test_what_writes_is_not_written_blind(self, world: World) -> None:
        former = user(inline={"work": READ})
        world.account.have(former)
        world.records.history = [former]
        incident = judged(world, put())
        world.account.have(former)
        assert ends(world, incident).ending is Ending.ALREADY_GONE
        assert world.reverts.made == []
        assert [look for _, _, look in world.undos.asked] == [0, 1, 2, 3]

    def test_a_key_that_somebody_deactivated_is_left_as_it_is(self, world: World) -> None:
        key = Edit(Part.ACCESS_KEYS, "AKIA1", "Active", fresh=True)
        world.account.have(user(**{"access keys": {}}))
        incident = judged(world, change("CreateAccessKey", ALICE, key))
        world.account.edit(ALICE, replace(key, value="Inactive"))
        assert ends(world, incident).ending is Ending.ALREADY_GONE
        assert world.reverts.made == []

    def test_what_changed_nothing_needs_no_call(self, world: World) -> None:
        nothing = Edit(Part.ATTACHED, ADMIN.name, None)
        made = world.happens(change("DetachUserPolicy", ALICE, nothing))
        incident = replace(evaluate(made, world.evaluation()), held=None)
        world.records.incidents[incident.id] = incident
        assert ends(world, incident).ending is Ending.ALREADY_GONE

    def test_an_undo_that_died_after_its_calls_has_restored(self, world: World) -> None:
        incident = judged(world, attach())
        [call] = incident.revert
        world.records.plan(incident.id, [call_fingerprint(call)])
        world.account.have(user())
        assert ends(world, incident).ending is Ending.RESTORED


def test_what_was_made_and_an_earlier_try_deleted_is_restored(world: World) -> None:
    incident = evaluate(world.happens(change("CreateGroup", OPS)), world.evaluation())
    incident = replace(incident, held=None)
    world.records.incidents[incident.id] = incident
    [call] = incident.revert
    world.records.plan(incident.id, [call_fingerprint(call)])
    del world.account.world[OPS]
    outcome = ends(world, incident)
    assert (outcome.ending, outcome.says) == (
        Ending.RESTORED,
        "group ops does not exist, as before the change",
    )


def test_administrator_through_a_group_is_taken_by_leaving_it(world: World) -> None:
    chiefs = Subject(Kind.GROUP, "chiefs")
    held: State = state(chiefs, attached={ADMIN.name: "AdministratorAccess"}, inline={})
    world.account.have(held)
    joined = change("AddUserToGroup", ALICE, Edit(Part.GROUPS, "chiefs", "chiefs"))
    assert ends(world, judged(world, joined)).ending is Ending.RESTORED
    assert world.account.world[ALICE] == user()
    assert world.account.world[chiefs] == held

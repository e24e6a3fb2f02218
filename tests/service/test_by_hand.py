"""The calls for a person: what takes a change back now, and what makes an undone one again."""

from dataclasses import replace

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.incident import Incident
from lambdas.model.revert import Irreversible
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.by_hand import by_hand, redo
from lambdas.service.evaluate import evaluate
from lambdas.service.undo import undo
from lambdas.settings import Settings
from tests.service.test_lifecycle import DEPLOY, OPS, made_policy
from tests.service.world import (
    ADMIN,
    ALICE,
    ALL,
    READ,
    READER,
    TRAIL,
    World,
    attach,
    change,
    put,
    state,
    stop,
    trail,
    user,
)

NOWHERE = replace(attach(), subject=None)
GONE = Edit(Part.ATTACHED, READER.name, None)
DETACH = change("DetachUserPolicy", ALICE, GONE)
KEY = change("CreateAccessKey", ALICE, Edit(Part.ACCESS_KEYS, "AKIA1", "Active", fresh=True))
LOGIN = change("CreateLoginProfile", ALICE, Edit(Part.LOGIN_PROFILE, ONLY, "present", fresh=True))


@pytest.fixture
def world() -> World:
    return World(settings=Settings())


def recorded(world: World, made: Change) -> Incident:
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    return incident


def operations(revert: object) -> list[str]:
    assert isinstance(revert, tuple), revert
    return [each.operation for each in revert]


class TestByHand:
    @pytest.mark.parametrize(
        ("made", "expected"),
        [
            pytest.param(attach(), ["DetachUserPolicy"], id="a family that is only alerted of"),
            pytest.param(DETACH, ["AttachUserPolicy"], id="what gives back"),
            pytest.param(put(READ), ["DeleteUserPolicy"], id="what nothing was found in"),
            pytest.param(change("CreateGroup", OPS), ["DeleteGroup"], id="what was made"),
            pytest.param(made_policy(), ["DeletePolicy"], id="a policy that was made"),
            pytest.param(KEY, ["UpdateAccessKey"], id="a key"),
            pytest.param(stop(), ["StartLogging"], id="a trail"),
        ],
    )
    def test_whatever_holds_it_the_calls_are_there(
        self, world: World, made: Change, expected: list[str]
    ) -> None:
        world.account.have(user(**{"access keys": {}}))
        assert operations(by_hand(recorded(world, made), world.undoing())) == expected
        assert world.reverts.made == []

    def test_nothing_is_left_of_what_is_gone(self, world: World) -> None:
        incident = recorded(world, attach())
        world.account.have(user())
        assert by_hand(incident, world.undoing()) == ()

    @pytest.mark.parametrize(
        ("made", "says"),
        [
            (change("DeleteRole", Subject(Kind.ROLE, "build")), "another one"),
            (NOWHERE, "does not say what was changed"),
            (change("PaintRole", Subject(Kind.ROLE, "build")), "not in the catalogue"),
        ],
        ids=["a deleted role", "no target", "an unknown call"],
    )
    def test_what_no_call_takes_back_is_said(self, world: World, made: Change, says: str) -> None:
        if made.subject is not None:
            world.account.have(state(made.subject))
        found = by_hand(recorded(world, made), world.undoing())
        assert isinstance(found, Irreversible)
        assert says in found.reason

    def test_of_what_was_made_and_is_gone_nothing_is_left_to_do(self, world: World) -> None:
        incident = recorded(world, change("CreateGroup", OPS))
        del world.account.world[OPS]
        assert by_hand(incident, world.undoing()) == ()

    def test_of_what_was_deleted_and_is_made_again_nothing_is_left_to_do(
        self, world: World
    ) -> None:
        web = state(Subject(Kind.INSTANCE_PROFILE, "web"), path={ONLY: "/"}, tags={}, role={})
        world.account.have(web)
        world.records.history.append(web)
        incident = recorded(world, change("DeleteInstanceProfile", web.subject))
        assert operations(by_hand(incident, world.undoing())) == ["CreateInstanceProfile"]
        world.account.have(replace(web, unique_id="another"))
        assert by_hand(incident, world.undoing()) == ()

    def test_who_is_gone(self, world: World) -> None:
        incident = recorded(world, attach())
        del world.account.world[ALICE]
        assert by_hand(incident, world.undoing()) == Irreversible(
            "user alice does not exist any more"
        )

    def test_another_of_the_same_name(self, world: World) -> None:
        incident = recorded(world, put())
        again = replace(world.account.world[ALICE], unique_id="ANOTHER")
        world.account.have(again)
        world.records.history.append(replace(again, as_of=user().as_of))
        found = by_hand(incident, world.undoing())
        assert found == Irreversible("user alice is not the one that was changed")

    def test_what_cannot_be_read(self, world: World) -> None:
        incident = recorded(world, attach())
        world.account.unreadable = {ALICE: 99}
        found = by_hand(incident, world.undoing())
        assert isinstance(found, Irreversible)
        assert found.reason.startswith("user alice could not be read: the profile")

    def test_no_history(self, world: World) -> None:
        incident = recorded(world, put())
        world.records.history.clear()
        found = by_hand(incident, world.undoing())
        assert isinstance(found, Irreversible)
        assert found.reason.startswith("what was there before is not known")

    def test_whoever_goes_by_another_name_now_is_found(self, world: World) -> None:
        incident = recorded(world, put())
        held = world.account.world.pop(ALICE)
        alicia = Subject(Kind.USER, "alicia")
        world.account.have(replace(held, subject=alicia))
        [call] = by_hand(incident, world.undoing())
        assert call.parameters["UserName"] == "alicia"


class TestRedo:
    def undone(self, made: Change, former: object = None) -> tuple[World, Incident]:
        world = World()
        if former is not None:
            world.account.have(former)
            world.records.history = [*world.account.world.values()]
        incident = recorded(world, made)
        assert incident.undoes, incident.held
        undo(incident.id, world.undoing())
        return world, incident

    @pytest.mark.parametrize(
        ("made", "former", "operation"),
        [
            pytest.param(attach(), None, "AttachUserPolicy", id="an attachment"),
            pytest.param(put(), None, "PutUserPolicy", id="an inline policy"),
            pytest.param(
                put(), user(inline={"work": READ}), "PutUserPolicy", id="an overwritten text"
            ),
            pytest.param(
                KEY, user(**{"access keys": {}}), "UpdateAccessKey", id="a contained key is active"
            ),
        ],
    )
    def test_what_was_undone_is_made_again(
        self, made: Change, former: object, operation: str
    ) -> None:
        world, incident = self.undone(made, former)
        again = redo(incident, world.undoing())
        assert operations(again) == [operation]
        for call in again:
            world.reverts.make(call)
        assert made.shown_by(world.account.world[ALICE])

    def test_what_is_there_needs_no_call(self, world: World) -> None:
        assert redo(recorded(world, attach()), world.undoing()) == ()

    @pytest.mark.parametrize(
        ("made", "live", "says"),
        [
            (stop(), trail("true"), "never stops a trail"),
            (LOGIN, user(**{"login profile": {}}), "set a new one"),
            (change("CreateGroup", OPS), None, "another one of the same name"),
            (change("DeletePolicy", DEPLOY), None, "does not delete it"),
            (NOWHERE, None, "does not say what was changed"),
        ],
        ids=["a trail", "a password", "what was made", "what was deleted", "no target"],
    )
    def test_what_no_call_makes_again_is_said(
        self, world: World, made: Change, live: object, says: str
    ) -> None:
        world.account.have(state(DEPLOY), state(OPS, attached={}, inline={}))
        world.account.have(*([live] if live else []))
        incident = recorded(world, made)
        world.account.have(*([live] if live else []))
        found = redo(incident, world.undoing())
        assert isinstance(found, Irreversible)
        assert says in found.reason

    @pytest.mark.parametrize("how", ["gone", "unread", "another"])
    def test_whom_it_cannot_be_given_to(self, world: World, how: str) -> None:
        incident = recorded(world, attach())
        if how == "gone":
            del world.account.world[ALICE]
        elif how == "unread":
            world.account.unread_parts = frozenset({Part.ATTACHED})
        else:
            world.account.have(replace(user(), unique_id="ANOTHER"))
        assert isinstance(redo(incident, world.undoing()), Irreversible)

    def test_several_parts_come_back_each_by_its_call(self, world: World) -> None:
        version = Edit(Part.VERSIONS, "v2", ALL, fresh=True)
        made = change("CreatePolicyVersion", DEPLOY, Edit(Part.DEFAULT, ONLY, "v2"), version)
        both = state(DEPLOY, versions={"v1": READ, "v2": ALL}, default={ONLY: "v1"})
        world.account.have(both)
        world.records.history = [both]
        incident = recorded(world, made)
        world.account.have(both)
        assert operations(redo(incident, world.undoing())) == ["SetDefaultPolicyVersion"]

    def test_a_trails_settings_come_back_together(self, world: World) -> None:
        edits = (
            Edit(Part.SETTINGS, "S3BucketName", "theirs"),
            Edit(Part.SETTINGS, "EnableLogFileValidation", "false"),
        )
        before = state(TRAIL, settings={"S3BucketName": "ours", "EnableLogFileValidation": "true"})
        world.account.have(before)
        incident = recorded(world, change("UpdateTrail", TRAIL, *edits))
        world.account.have(before)
        [call] = redo(incident, world.undoing())
        assert call.parameters == {
            "Name": TRAIL.name,
            "S3BucketName": "theirs",
            "EnableLogFileValidation": False,
        }

    def test_administrator_is_not_asked_about(self, world: World) -> None:
        """A person who has it made again has accepted it."""
        incident = recorded(world, attach(ADMIN))
        world.account.have(user())
        assert operations(redo(incident, world.undoing())) == ["AttachUserPolicy"]


def test_what_one_call_cannot_make_again_no_other_makes_alone() -> None:
    """Whether it is an organisation's trail comes back by no call of ours."""
    world = World(settings=Settings())
    before = state(TRAIL, settings={"IsOrganizationTrail": "true"})
    world.account.have(before)
    made = change("UpdateTrail", TRAIL, Edit(Part.SETTINGS, "IsOrganizationTrail", "false"))
    incident = recorded(world, made)
    world.account.have(before)
    assert isinstance(redo(incident, world.undoing()), Irreversible)

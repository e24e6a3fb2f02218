from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.incident import Ending, Incident
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject
from lambdas.service.evaluate import evaluate
from lambdas.service.restore import SubjectNotReadError
from lambdas.service.undo import undo
from tests.service.world import ADMIN, ALICE, World, attach, change, state, user

ALICIA, OPS = Subject(Kind.USER, "alicia"), Subject(Kind.GROUP, "ops")
OPERATORS = Subject(Kind.GROUP, "operators")
NO_GROUP_POLICIES: dict[str, dict[str, str]] = {"attached": {}, "inline": {}}
ADMINS = {"attached": {ADMIN.name: "AdministratorAccess"}, "inline": {}, "name": {ONLY: "ops"}}


@pytest.fixture
def world() -> World:
    return World()


def renamed(world: World, former: Subject, now: Subject) -> None:
    held = world.account.world.pop(former)
    if Part.NAME in held.parts:
        held = held.edited(Part.NAME, ONLY, now.name)
    world.account.have(replace(held, subject=now))


def judged(world: World, made: Change) -> Incident:
    incident = evaluate(made, world.evaluation())
    assert incident is not None
    assert incident.undoes, incident.held
    world.alerts.sent.clear()
    return incident


def remembered(world: World, *states: State) -> None:
    world.account.have(*states)
    world.records.remember(states)


def ending(world: World, incident: Incident, **last_try: Any) -> Ending:
    return undo(incident.id, world.undoing(**last_try)).outcome.ending


def add(name: str = "ops") -> Change:
    return change("AddUserToGroup", ALICE, Edit(Part.GROUPS, name, name))


def test_a_user_renamed_before_the_event_is_handled_is_found_by_its_id(world: World) -> None:
    made = world.happens(attach())
    renamed(world, ALICE, ALICIA)
    incident = judged(world, made)
    assert incident.change.subject == ALICIA
    assert "user alice goes by the name alicia now" in str(incident.verdict.problems)
    assert ending(world, incident) is Ending.RESTORED
    assert ADMIN.name not in world.account.world[ALICIA].parts[Part.ATTACHED]


def test_a_user_renamed_before_the_undo_is_found_by_its_id(world: World) -> None:
    incident = judged(world, world.happens(attach()))
    renamed(world, ALICE, ALICIA)
    assert ending(world, incident) is Ending.RESTORED


def test_a_group_renamed_before_the_undo_is_found_by_its_id(world: World) -> None:
    remembered(world, state(OPS, **NO_GROUP_POLICIES), user(groups={"ops": "ops"}))
    edit = Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess")
    incident = judged(world, world.happens(change("AttachGroupPolicy", OPS, edit)))
    renamed(world, OPS, OPERATORS)
    world.account.have(user(groups={"operators": "operators"}))
    assert ending(world, incident) is Ending.RESTORED
    assert world.account.world[OPERATORS].parts[Part.ATTACHED] == {}


@pytest.mark.parametrize("when", ["before the event is handled", "before the undo"])
def test_a_member_of_a_group_renamed_is_taken_out_of_it(world: World, when: str) -> None:
    remembered(world, state(OPS, **ADMINS))
    made = world.happens(add())
    if when == "before the undo":
        incident = judged(world, made)
    renamed(world, OPS, OPERATORS)
    world.account.have(user(groups={"operators": "operators"}))
    if when != "before the undo":
        incident = judged(world, made)
    assert ending(world, incident) is Ending.RESTORED
    assert world.account.world[ALICE].parts[Part.GROUPS] == {}


def test_a_group_named_in_another_case_is_the_same_group(world: World) -> None:
    remembered(world, state(OPS, **ADMINS))
    made = world.happens(add())
    odd = replace(made, edits=add("OPS").edits)
    world.account.have(replace(state(OPS, **ADMINS), subject=Subject(Kind.GROUP, "OPS")))
    incident = judged(world, odd)
    assert incident.change.edits == made.edits
    assert ending(world, incident) is Ending.RESTORED


def test_who_left_a_group_is_found_to_have_left_it_under_its_new_name(world: World) -> None:
    remembered(world, state(OPS, **ADMINS), user(groups={"ops": "ops"}))
    made = world.happens(change("RemoveUserFromGroup", ALICE, Edit(Part.GROUPS, "OPS", None)))
    world.account.have(replace(state(OPS, **ADMINS), subject=Subject(Kind.GROUP, "OPS")))
    world.account.have(user(groups={}))
    incident = evaluate(made, world.evaluation())
    assert incident.change.edits == (Edit(Part.GROUPS, "ops", None),)


def test_a_new_user_of_the_former_name_is_left_alone(world: World) -> None:
    made = world.happens(attach())
    incident = judged(world, made)
    del world.account.world[ALICE]
    world.account.have(replace(made.applied_to(user()), unique_id="ID-another"))
    assert ending(world, incident) is Ending.OVERTAKEN
    assert world.reverts.made == []


def test_a_change_of_a_new_user_is_not_taken_for_one_of_who_had_the_name(world: World) -> None:
    """Whose rename nobody told of; the read is stale, and shows the change of neither."""
    renamed(world, ALICE, ALICIA)
    world.account.have(replace(user(), unique_id="ID-another"))
    incident = evaluate(attach(), world.evaluation())
    assert incident.change.subject == ALICE


def test_a_user_that_is_being_renamed_is_looked_for_again(world: World) -> None:
    incident = judged(world, world.happens(attach()))
    held = world.account.world.pop(ALICE)
    world.account.have(replace(held, subject=ALICIA))
    world.account.name_of = lambda *_: "alice"
    with pytest.raises(SubjectNotReadError, match="it is being renamed"):
        undo(incident.id, world.undoing())
    assert ending(world, incident, last_try=True) is Ending.FAILED


def test_whoever_is_deleted_has_nothing_any_more(world: World) -> None:
    incident = judged(world, world.happens(attach()))
    del world.account.world[ALICE]
    assert ending(world, incident) is Ending.ALREADY_GONE


def test_a_role_that_is_not_there_was_deleted_because_none_can_be_renamed(world: World) -> None:
    role = Subject(Kind.ROLE, "build")
    remembered(world, state(role, **NO_GROUP_POLICIES, boundary={}, trust={ONLY: "{}"}))
    edit = Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess")
    incident = judged(world, world.happens(change("AttachRolePolicy", role, edit)))
    del world.account.world[role]
    assert ending(world, incident) is Ending.ALREADY_GONE


def test_nothing_is_undone_whose_history_is_gone(world: World) -> None:
    incident = judged(world, world.happens(attach()))
    world.records.history.clear()
    assert ending(world, incident) is Ending.OVERTAKEN


def test_whoever_was_never_seen_by_that_name_may_have_been_renamed(world: World) -> None:
    world.records.history.clear()
    made = world.happens(attach())
    incident = replace(judged_for(world, made), unique_id=None)
    world.records.incidents[incident.id] = incident
    del world.account.world[ALICE]
    assert ending(world, incident) is Ending.FAILED


def judged_for(world: World, made: Change) -> Incident:
    """The incident of a user of whom nothing was known, as if it were to be undone."""
    incident = evaluate(made, world.evaluation())
    assert incident is not None
    return replace(incident, held=None)

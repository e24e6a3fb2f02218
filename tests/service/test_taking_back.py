"""Who draws on a group is asked again when a change of it is taken back."""

from dataclasses import replace

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.incident import Ending, Outcome
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.undo import undo
from tests.service.world import ALICE, ALL, World, change, evaluate_quietly, state, user

STAFF = Subject(Kind.GROUP, "staff")
BOB = Subject(Kind.USER, "bob")
MEMBER = {"staff": "staff"}
PUT_ONLY = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PutUserPolicy",'
    '"Resource":"*"}]}'
)
NOTHING_ELSE = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"iam:PutUserPolicy",'
    '"Resource":"*"}]}'
)


def group(**inline: str) -> State:
    return state(STAFF, attached={}, inline=inline, name={"": "staff"})


def bob(**groups: str) -> State:
    return state(BOB, attached={}, inline={}, groups=groups, boundary={})


def put(text: str) -> Change:
    return change("PutGroupPolicy", STAFF, Edit(Part.INLINE, "work", text))


@pytest.fixture
def world() -> World:
    """Alice is in a group, and bob is in none."""
    world = World()
    known = (group(), bob(), user(groups=MEMBER))
    world.account.have(*known)
    world.records.history.extend(known)
    return world


def taken_back(world: World, text: str) -> Outcome:
    incident = evaluate_quietly(world, put(text))
    assert incident.affected == (ALICE,)
    assert incident.undoes, incident.held
    world.account.have(bob(**MEMBER))
    ended = undo(incident.id, world.undoing())
    assert ended is not None
    assert ended.outcome is not None
    return ended.outcome


def test_a_change_of_a_group_is_taken_back_also_from_who_joined_since(world: World) -> None:
    assert taken_back(world, ALL).ending is Ending.RESTORED


def test_who_left_is_not_asked_for(world: World) -> None:
    """Nor is an undo refused because somebody whom it once concerned cannot be read."""
    incident = evaluate_quietly(world, put(ALL))
    del world.account.world[ALICE]
    world.account.have(bob(**MEMBER))
    ended = undo(incident.id, world.undoing())
    assert ended is not None
    assert ended.outcome is not None
    assert ended.outcome.ending is Ending.RESTORED, ended.outcome.says


def test_whoever_joined_since_may_be_the_last_administrator(world: World) -> None:
    world.account.people = (States({}),)
    incident = evaluate_quietly(world, put(ALL))
    world.account.have(user(), bob(**MEMBER))
    ended = undo(incident.id, world.undoing())
    assert ended is not None
    assert ended.outcome is not None
    assert ended.outcome.ending is Ending.FAILED
    assert "without user bob" in ended.outcome.says


def test_whoever_joined_since_is_given_nothing_by_a_forged_history(world: World) -> None:
    """To alice, whom the change concerned, the forged text gives no more than what is there."""
    denied = user(groups=MEMBER, inline={"denied": NOTHING_ELSE})
    world.account.have(denied)
    world.records.history.append(denied)
    incident = evaluate_quietly(world, put(PUT_ONLY))
    assert incident.undoes, incident.held
    forged = replace(group(work=ALL), as_of=incident.change.at.replace(second=1))
    world.records.history.append(forged)
    world.account.have(bob(**MEMBER))
    ended = undo(incident.id, world.undoing())
    assert ended is not None
    assert ended.outcome is not None
    assert ended.outcome.ending is Ending.FAILED
    assert "user bob is now administrator" in ended.outcome.says

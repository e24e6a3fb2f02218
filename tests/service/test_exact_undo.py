"""After an undo the account is as if the risky change alone had never been made."""

from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lambdas.model.change import Change, Edit
from lambdas.model.incident import Ending, Incident
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject
from lambdas.service.evaluate import evaluate
from lambdas.service.look import look
from lambdas.service.undo import undo
from tests.service.world import ADMIN, ALICE, ALL, AT, READ, READER, World, change, state

STAFF = Subject(Kind.GROUP, "staff")
DENIES = '{"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
KEYS = {
    Part.INLINE: {"work": (READ, READ + " ", DENIES), "mine": (READ, DENIES)},
    Part.ATTACHED: {READER.name: ("ReadOnlyAccess",)},
    Part.GROUPS: {"staff": ("staff",)},
}
CALLS = {
    (Part.INLINE, True): "PutUserPolicy",
    (Part.INLINE, False): "DeleteUserPolicy",
    (Part.ATTACHED, True): "AttachUserPolicy",
    (Part.ATTACHED, False): "DetachUserPolicy",
    (Part.GROUPS, True): "AddUserToGroup",
    (Part.GROUPS, False): "RemoveUserFromGroup",
}
HARMLESS = st.sampled_from(
    [
        Edit(part, key, value)
        for part, keys in KEYS.items()
        for key, values in keys.items()
        for value in (*values, None)
    ]
)
RISKY = st.sampled_from(
    [
        Edit(Part.INLINE, "work", ALL),
        Edit(Part.INLINE, "other", ALL),
        Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess"),
    ]
)
STEPS = st.lists(st.tuples(HARMLESS, st.integers(0, 2)), max_size=6)
"""What is changed, and how many seconds after what came before."""


def key(edit: Edit) -> tuple[Part, str]:
    return edit.part, edit.key


def event(number: int, edit: Edit, second: int) -> Change:
    name = CALLS[edit.part, edit.value is not None]
    at = AT + timedelta(seconds=second)
    return change(name, ALICE, edit, event_id=str(number), at=at)


def arranged() -> World:
    world = World()
    world.account.have(state(STAFF, attached={}, inline={"read": READ}))
    return world


def happening(world: World, made: Change) -> Incident:
    """A change is made, and its event handled soon after; no two reads begin at one moment."""
    soon = made.at + timedelta(milliseconds=100)
    world.clock.moment = max(world.clock.moment + timedelta(milliseconds=1), soon)
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    return incident


def without(steps: list[Edit]) -> State:
    world = arranged()
    for edit in steps:
        world.account.edit(ALICE, edit)
    return world.account.world[ALICE]


@settings(max_examples=150)
@given(STEPS, RISKY, STEPS, st.integers(0, 6))
def test_the_account_is_as_if_the_risky_change_had_not_been_made(
    former: list[tuple[Edit, int]],
    risky: Edit,
    later: list[tuple[Edit, int]],
    undone_after: int,
) -> None:
    """Of two texts under one key within a second, it is not known which came first.

    Whoever takes a Deny away is undone, too, and is no part of these sequences.
    """
    world, second, last_of = arranged(), 10, {}
    for number, (edit, pause) in enumerate(former):
        second += pause
        last_of[key(edit)] = second
        assume(not happening(world, event(number, edit, second)).undoes)
    second += 1
    assume(last_of.get(key(risky)) != second)
    incident = happening(world, event(100, risky, second))
    assert incident.undoes, incident.held
    for number, (edit, pause) in enumerate(later):
        if number == undone_after:
            undo(incident.id, world.undoing())
        second += pause
        assume(not happening(world, event(200 + number, edit, second)).undoes)
    ended = undo(incident.id, world.undoing())
    look(incident.id, 1, world.undoing())
    expected = without([edit for edit, _ in (*former, *later)])
    assert world.account.world[ALICE].parts == expected.parts
    if ended is not None:
        assert ended.outcome.ending is not Ending.FAILED
        assert ended.outcome.told

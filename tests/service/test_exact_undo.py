"""After an undo the account is as if the risky change alone had never been made."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lambdas.model.change import Change, Edit
from lambdas.model.incident import Ending, Incident
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject
from lambdas.service.evaluate import evaluate
from lambdas.service.look import look
from lambdas.service.undo import undo
from tests.service.world import ACCOUNT, ADMIN, ALICE, ALL, AT, READ, READER, World, change, state

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


def test_of_two_changes_told_of_in_the_wrong_order_the_last_one_stays() -> None:
    """Within a second it is not said, but what is read some seconds later is what came of it."""
    world = arranged()
    former, again = (Edit(Part.INLINE, "work", text) for text in (READ, READ + " "))
    world.clock.moment = AT - timedelta(seconds=20)
    happening(world, event(0, former, -30))
    gone = event(1, Edit(Part.INLINE, "work", None), 0)
    back = event(2, again, 0)
    world.happens(gone)
    world.happens(back)
    world.clock.moment = AT + timedelta(seconds=10)
    for each in (back, gone):
        assert evaluate(each, world.evaluation())
    world.clock.sleep(30)
    risky = event(3, Edit(Part.INLINE, "work", ALL), 60)
    world.clock.moment = AT + timedelta(seconds=61)
    undo(happening(world, risky).id, world.undoing())
    assert world.account.world[ALICE].value(Part.INLINE, "work") == READ + " "


DEPLOY = Subject(Kind.POLICY, f"arn:aws:iam::{ACCOUNT}:policy/Deploy")
BASE = "base"
TEXTS = (READ, READ + " ", READ + "  ")
MAKING = st.tuples(st.just("make"), st.sampled_from(TEXTS), st.booleans())
CHOOSING = st.tuples(st.just("choose"), st.sampled_from([BASE, "1", "2"]), st.just(False))
DELETING = st.tuples(st.just("delete"), st.sampled_from([BASE, "1", "2"]), st.just(False))
VERSIONING = st.lists(
    st.tuples(st.one_of(MAKING, CHOOSING, DELETING), st.integers(0, 2)), max_size=5
)
"""Versions made, with or without being chosen, chosen and deleted; the seconds after the former."""
RISKY_VERSION = ("make", ALL, True)
MOST = 2
"""Versions made beside the risky one: there is room for all, and for one that comes back."""


class Versions:
    """A policy's versions as IAM numbers them: no number is given twice, the default one stays."""

    def __init__(self) -> None:
        self.texts = {"v1": READ}
        self.numbers = {BASE: "v1"}
        self.default, self.last = "v1", 1
        self.deleted: set[str] = set()

    def call(self, what: str, which: str, chosen: bool) -> tuple[str, tuple[Edit, ...]] | None:
        """The operation and its edits; None where IAM refuses it."""
        if what == "make":
            return self.make(str(len(self.numbers)), which, chosen=chosen)
        version = self.numbers.get(which)
        if version not in self.texts:
            return None
        if what == "choose":
            self.default = version
            return "SetDefaultPolicyVersion", (Edit(Part.DEFAULT, ONLY, version),)
        if version == self.default:
            return None
        del self.texts[version]
        self.deleted.add(which)
        return "DeletePolicyVersion", (Edit(Part.VERSIONS, version, None),)

    def make(self, label: str, text: str, *, chosen: bool) -> tuple[str, tuple[Edit, ...]] | None:
        if len(self.numbers) > MOST and text != ALL:
            return None
        self.last += 1
        version = f"v{self.last}"
        self.texts[version] = text
        self.numbers |= {} if text == ALL else {label: version}
        edit = Edit(Part.VERSIONS, version, text, fresh=True)
        if not chosen:
            return "CreatePolicyVersion", (edit,)
        self.default = version
        return "CreatePolicyVersion", (Edit(Part.DEFAULT, ONLY, version), edit)

    def without(self, labels: set[str]) -> None:
        """Without what was deleted in another life, but for the default one."""
        for version in {self.numbers[each] for each in labels} - {self.default}:
            self.texts.pop(version, None)


def versioned() -> World:
    world = World()
    former = state(DEPLOY, document={"v1": READ}, versions={"v1": READ}, default={ONLY: "v1"})
    holder = replace(world.account.world[ALICE], as_of=former.as_of)
    held = holder.edited(Part.ATTACHED, DEPLOY.name, "Deploy")
    world.account.have(former, held)
    world.records.history[:] = [*world.account.world.values()]
    return world


@settings(max_examples=150)
@given(VERSIONING, VERSIONING, st.booleans())
def test_a_policy_is_as_if_the_risky_version_had_not_been_made(
    former: list[tuple[tuple[str, str, bool], int]],
    later: list[tuple[tuple[str, str, bool], int]],
    late: bool,
) -> None:
    """Whatever was made, chosen and deleted beside it, also where its event is handled at the end.

    Numbers are not compared: a default version that could be deleted only because of the change
    comes back under another one.
    """
    world, lives, expected, second = versioned(), Versions(), Versions(), 10
    made: list[Change] = []
    for number, (step, pause) in enumerate([*former, (RISKY_VERSION, 1), *later]):
        second += max(pause, number == len(former) + 1)
        call = lives.call(*step)
        if call is not None:
            if step is not RISKY_VERSION:
                expected.call(*step)
            at = AT + timedelta(seconds=second)
            made.append(change(call[0], DEPLOY, *call[1], event_id=str(number), at=at))
            if late:
                world.happens(made[-1])
            else:
                happening(world, made[-1])
    world.clock.moment = max(world.clock.moment, AT + timedelta(seconds=second + 1))
    for each in made if late else ():
        evaluate(each, world.evaluation())
    for incident in [each for each in world.records.incidents.values() if each.undoes]:
        undo(incident.id, world.undoing())
        look(incident.id, 1, world.undoing())
    expected.without(lives.deleted)
    live = world.account.world[DEPLOY]
    assert live.parts[Part.DOCUMENT] == {live.value(Part.DEFAULT): expected.texts[expected.default]}
    assert sorted(live.parts[Part.VERSIONS].values()) == sorted(expected.texts.values())

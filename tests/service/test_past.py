from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest

from lambdas.model.state import States, Unknown
from lambdas.service.past import before, fixed
from lambdas.service.ports import UnreadableItemError
from lambdas.service.undo import undo
from lambdas.settings import UndoLimits
from tests.service.fakes import FakeClock, FakeReading, FakeRecords
from tests.service.world import (
    ADMIN,
    ALICE,
    AT,
    SETTINGS,
    World,
    attach,
    change,
    evaluate_quietly,
    user,
)

MADE = attach()
FREE, HELD = user(), MADE.applied_to(user())
TAGGED, TICK = user(tags={"team": "blue"}), timedelta(microseconds=1)
EARLIER, WITHIN, LATER = (AT + timedelta(seconds=each) for each in (-0.1, 0.5, 1.0))


def reading() -> FakeReading:
    return FakeReading(States({}), {ALICE: FREE.unique_id})


HISTORIES = {
    "one state from before": ([(FREE, EARLIER)], 0),
    "the newest of two from before": ([(HELD, EARLIER - timedelta(hours=1)), (FREE, EARLIER)], 1),
    "a state that shows it from before": ([(HELD, EARLIER)], 0),
    "one from the same second that shows it too": ([(HELD, EARLIER), (HELD, WITHIN)], 0),
    "one from the same second that may be after it": ([(FREE, EARLIER), (HELD, WITHIN)], 0),
    "one from a later second": ([(HELD, EARLIER), (FREE, LATER)], 0),
    "only one, from the same second": ([(FREE, WITHIN)], 0),
    "one from the same second that lacks it, and so was there first": (
        [(FREE, EARLIER), (TAGGED, WITHIN)],
        1,
    ),
    "one from the same second, though a later one shows it": (
        [(FREE, AT), (HELD, WITHIN)],
        0,
    ),
    "the newest from the same second that lacks it": (
        [(FREE, EARLIER), (FREE, AT), (TAGGED, AT + TICK), (HELD, WITHIN)],
        2,
    ),
    "one from the same second, in which it was taken away": ([(HELD, EARLIER), (FREE, WITHIN)], 1),
}


@pytest.mark.parametrize(("history", "index"), HISTORIES.values(), ids=HISTORIES)
def test_before_is(history, index):
    states = [replace(state, as_of=as_of) for state, as_of in history]
    records = FakeRecords(FakeClock(), history=states)
    assert before(MADE, reading(), records) == states[index]


@pytest.mark.parametrize(
    "state",
    [replace(FREE, as_of=LATER), replace(HELD, as_of=WITHIN)],
    ids=["only later", "only with the change"],
)
def test_it_is_unknown_where_states_are(state):
    records = FakeRecords(FakeClock(), history=[state])
    assert isinstance(before(MADE, reading(), records), Unknown)


def test_nothing_is_before_what_the_records_cannot_read(monkeypatch):
    records = FakeRecords(FakeClock(), history=[replace(FREE, as_of=EARLIER)])
    monkeypatch.setattr(records, "within", Mock(side_effect=UnreadableItemError("spoilt")))
    assert before(MADE, reading(), records) == Unknown("spoilt")


def test_before_a_deletion_is_what_was_known_before_its_second():
    states = [replace(FREE, as_of=EARLIER), replace(TAGGED, as_of=WITHIN)]
    records = FakeRecords(FakeClock(), history=states)
    assert before(change("DeleteUser", ALICE), reading(), records) == states[0]


@pytest.mark.parametrize(
    ("as_of", "counts_from"), [(EARLIER, AT), (AT, AT + TICK), (WITHIN, WITHIN + TICK)]
)
def test_what_a_change_made_counts_from_its_own_time_and_comes_next_to_what_it_changed(
    as_of, counts_from
):
    made = fixed(MADE, replace(FREE, as_of=as_of))
    assert (made.as_of, made.parts) == (counts_from, HELD.parts)


def test_whoever_repeats_an_attack_after_each_undo_is_undone_each_time():
    world = World(settings=replace(SETTINGS, undo_limits=UndoLimits(9, 9)))
    for number in range(6):
        second = AT.replace(microsecond=0) + timedelta(seconds=number // 3)
        world.clock.moment = second + timedelta(seconds=0.3 * (number % 3))
        incident = evaluate_quietly(world, attach(event_id=f"event-{number}", at=second))
        assert incident.undoes, f"attack {number} at {world.clock.moment}"
        undone = undo(incident.id, world.undoing())
        assert undone is not None
        assert ADMIN.name not in world.account.world[FREE.subject].parts["attached"]

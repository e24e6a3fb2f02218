from dataclasses import replace
from datetime import timedelta

import pytest

from lambdas.model.state import States, Unknown
from lambdas.service.past import before
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
    evaluate_quietly,
    user,
)

MADE = attach()
FREE, HELD = user(), MADE.applied_to(user())
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

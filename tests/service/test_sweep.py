import pytest

from lambdas.model.problem import Problem
from lambdas.model.state import States
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import AlertNotSentError
from lambdas.service.sweep import SweepIncompleteError, Swept, sweep
from tests.service.world import ALICE, READER, TRAIL, World, attach, state, trail, user

POLICY = state(READER, document={"v1": "{}"})
PAGES = (States({ALICE: user(), READER: POLICY}), States({TRAIL: trail("true")}))


@pytest.fixture
def world() -> World:
    made = World()
    made.records.history.clear()
    made.account.pages = PAGES
    return made


def swept(world: World) -> Swept:
    return sweep(world.account, world.records, world.alerts)


def owe(world: World) -> None:
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        evaluate(world.happens(attach()), world.evaluation())
    world.records.history.clear()


def test_everything_joins_the_histories(world: World) -> None:
    assert swept(world) == Swept(subjects=3, alerts_sent=0)
    assert world.records.history == [user(), POLICY, trail("true")]


def test_what_is_owed_is_sent(world: World) -> None:
    owe(world)
    assert swept(world) == Swept(subjects=3, alerts_sent=1)


def test_mail_that_still_fails_is_an_error_and_everything_is_read_all_the_same(
    world: World,
) -> None:
    owe(world)
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        swept(world)
    assert len(world.records.history) == 3


def test_an_incomplete_sweep_is_an_error_after_everything_else(world: World) -> None:
    owe(world)
    world.account.pages = (States({ALICE: user()}, (Problem("a"), Problem("b"))), PAGES[1])
    with pytest.raises(SweepIncompleteError, match="a; b"):
        swept(world)
    assert world.records.history == [user(), trail("true")]
    assert world.subjects() == ["CRITICAL"]

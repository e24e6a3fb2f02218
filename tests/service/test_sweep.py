from datetime import timedelta
from unittest.mock import Mock

import pytest

from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import States
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import AlertNotSentError
from lambdas.service.sweep import SweepIncompleteError, Swept, sweep
from tests.service.world import ALICE, READER, TRAIL, World, attach, change, state, trail, user

POLICY = state(READER, document={"v1": "{}"})
PAGES = (States({ALICE: user(), READER: POLICY}), States({TRAIL: trail("true")}))


@pytest.fixture
def world() -> World:
    made = World()
    made.records.history.clear()
    made.account.pages = PAGES
    return made


def swept(world: World) -> Swept:
    return sweep(world.account, world.records, world.alerts, world.clock)


def owe(world: World) -> None:
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        evaluate(world.happens(attach()), world.evaluation())
    world.records.history.clear()


def test_everything_joins_the_histories(world: World) -> None:
    assert swept(world) == Swept(subjects=3, alerts_sent=0, digested=0)
    assert world.records.history == [user(), POLICY, trail("true")]


def test_what_is_owed_is_sent(world: World) -> None:
    owe(world)
    assert swept(world) == Swept(subjects=3, alerts_sent=1, digested=0)


def test_mail_that_still_fails_is_an_error_and_everything_is_read_all_the_same(
    world: World,
) -> None:
    owe(world)
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        swept(world)
    assert len(world.records.history) == 3


def wait(world: World) -> None:
    """Have a call that the catalogue does not know wait for more than a day."""
    problem = Problem("iam:TagUser is not in the catalogue", Severity.LOW)
    evaluate(change("TagUser", ALICE, problems=(problem,)), world.evaluation())
    world.records.history.clear()
    world.clock.moment += timedelta(days=1)


def test_what_has_waited_a_day_is_told_in_a_digest(world: World) -> None:
    wait(world)
    assert swept(world) == Swept(subjects=3, alerts_sent=0, digested=1)
    assert world.subjects() == ["LOW"]


def test_a_digest_that_fails_is_an_error_and_everything_is_read_all_the_same(world: World) -> None:
    wait(world)
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        swept(world)
    assert len(world.records.history) == 3
    assert swept(world).digested == 1


def test_the_digest_goes_out_even_if_the_account_cannot_be_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(world)
    monkeypatch.setattr(world.account, "everything", Mock(side_effect=TimeoutError))
    with pytest.raises(TimeoutError):
        swept(world)
    assert world.subjects() == ["LOW"]


def test_an_incomplete_sweep_is_an_error_after_everything_else(world: World) -> None:
    owe(world)
    world.account.pages = (States({ALICE: user()}, (Problem("a"), Problem("b"))), PAGES[1])
    with pytest.raises(SweepIncompleteError, match="a; b"):
        swept(world)
    assert world.records.history == [user(), trail("true")]
    assert world.subjects() == ["CRITICAL"]

from collections.abc import Iterator
from datetime import timedelta

import pytest

from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import States
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import AlertNotSentError
from lambdas.service.sweep import SweepIncompleteError, Swept, sweep
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
    state,
    trail,
    user,
)

POLICY = state(READER, document={"v1": READ})
PAGES = (States({ALICE: user(), READER: POLICY}), States({TRAIL: trail("true")}))


@pytest.fixture
def world() -> World:
    made = World()
    made.records.history.clear()
    made.account.pages = PAGES
    return made


def swept(world: World) -> Swept:
    done = sweep(world.sweeping())
    assert done is not None
    return done


def owe(world: World) -> None:
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        evaluate(world.happens(attach()), world.evaluation())
    world.records.history.clear()


def test_everything_joins_the_histories(world: World) -> None:
    assert swept(world) == Swept(subjects=3, alerts_sent=0, unannounced=0, standing=0, digested=0)
    assert world.records.history == [user(), POLICY, trail("true")]


def test_a_sweep_that_read_everything_is_noted(world: World) -> None:
    swept(world)
    assert world.records.last_sweep == world.clock.now()


def test_a_sweep_that_did_not_is_not_noted(world: World) -> None:
    world.account.pages = (States({}, (Problem("throttled"),)),)
    with pytest.raises(SweepIncompleteError):
        swept(world)
    assert world.records.last_sweep is None


def test_what_is_owed_is_sent(world: World) -> None:
    owe(world)
    assert swept(world) == Swept(subjects=3, alerts_sent=1, unannounced=0, standing=0, digested=0)


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
    assert swept(world) == Swept(subjects=3, alerts_sent=0, unannounced=0, standing=0, digested=1)
    assert world.subjects() == ["LOW"]


def test_a_digest_that_fails_is_an_error_and_everything_is_read_all_the_same(world: World) -> None:
    wait(world)
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        swept(world)
    assert len(world.records.history) == 3
    assert swept(world).digested == 1


@pytest.fixture
def broken(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """An account of which the second page cannot be read."""

    def pages() -> Iterator[States]:
        yield PAGES[0]
        raise TimeoutError

    monkeypatch.setattr(world.account, "everything", pages)
    return world


def test_the_digest_goes_out_even_if_the_account_cannot_be_read(broken: World) -> None:
    wait(broken)
    with pytest.raises(TimeoutError):
        swept(broken)
    assert broken.subjects() == ["LOW"]


def test_all_that_went_wrong_is_said(broken: World) -> None:
    owe(broken)
    broken.alerts.refusals = 1
    with pytest.raises(AlertNotSentError) as raised:
        swept(broken)
    assert raised.value.__notes__ == ["and TimeoutError: "]


def test_what_was_read_before_the_account_could_not_be_read_is_kept(broken: World) -> None:
    with pytest.raises(TimeoutError):
        swept(broken)
    assert broken.records.history == [user(), POLICY]
    assert broken.records.stands == {}


def test_an_incomplete_sweep_is_an_error_after_everything_else(world: World) -> None:
    owe(world)
    world.account.pages = (States({ALICE: user()}, (Problem("a"), Problem("b"))), PAGES[1])
    with pytest.raises(SweepIncompleteError, match="a; b"):
        swept(world)
    assert world.records.history == [user(), trail("true")]
    assert world.subjects() == ["CRITICAL", "ACCEPTED"], "of whom it cannot be known"


def test_only_one_at_a_time_sweeps(world: World) -> None:
    """Two would each tell of the same list."""
    told: list[str] = []

    def finishes() -> None:
        told.extend(world.subjects())
        world.records.release("sweep")

    world.records.claim("sweep")
    world.clock.meanwhile = [finishes]
    swept(world)
    assert told == []
    assert len(world.records.history) == 3


def test_one_that_another_has_made_needless_does_nothing(world: World) -> None:
    def another() -> None:
        world.records.release("sweep")
        swept(world)
        world.records.history.clear()

    world.records.claim("sweep")
    world.clock.meanwhile = [another]
    assert sweep(world.sweeping()) is None
    assert world.records.history == []


def test_whoever_is_the_first_administrator_later_on_is_not_taken_as_agreed(world: World) -> None:
    swept(world)
    assert world.subjects() == []
    everything = state(ADMIN, document={"v1": ALL})
    world.account.pages = (States({ALICE: user(inline={"x": ALL}), ADMIN: everything}), PAGES[1])
    swept(world)
    assert world.subjects() == ["STANDING"]

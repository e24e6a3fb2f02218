import pytest

from lambdas.model.incident import Ending, Outcome
from lambdas.service.evaluate import evaluate
from lambdas.service.owed import send_owed
from lambdas.service.ports import AlertNotSentError
from tests.service.world import AT, World, attach


@pytest.fixture
def world() -> World:
    return World()


def test_what_is_owed_is_sent_later_and_not_twice(world: World) -> None:
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        evaluate(world.happens(attach()), world.evaluation())
    paid = [send_owed(world.records, world.alerts) for _ in range(2)]
    assert paid == [1, 0]
    assert world.subjects() == ["CRITICAL"]


def test_one_that_cannot_be_sent_keeps_no_other_back(world: World) -> None:
    for name in ("a", "b"):
        world.alerts.refusals = 1
        with pytest.raises(AlertNotSentError):
            evaluate(world.happens(attach(event_id=name)), world.evaluation())
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError, match="1 incidents is still owed"):
        send_owed(world.records, world.alerts)
    assert len(world.alerts.sent) == 1
    assert send_owed(world.records, world.alerts) == 1


def test_an_outcome_that_is_owed_is_sent_too(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    world.records.save(incident.ended(Outcome(ending=Ending.RESTORED, says="x", at=AT)))
    assert [send_owed(world.records, world.alerts) for _ in range(2)] == [1, 0]
    assert world.subjects() == ["CRITICAL", "RESTORED"]

import pytest

from lambdas.model.incident import Ending, Outcome
from lambdas.model.mail import Mail
from lambdas.service.evaluate import evaluate
from lambdas.service.owed import ITS_OWN, send_owed
from lambdas.service.ports import AlertNotSentError
from tests.service.world import AT, World, attach


@pytest.fixture
def world() -> World:
    return World()


def test_what_is_owed_is_sent_later_and_not_twice(world: World) -> None:
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        evaluate(world.happens(attach()), world.evaluation())
    paid = [send_owed(world.records, world.alerts, world.clock) for _ in range(2)]
    assert paid == [1, 0]
    assert world.subjects() == ["CRITICAL"]


def test_one_that_cannot_be_sent_keeps_no_other_back(world: World) -> None:
    for name in ("a", "b"):
        world.alerts.refusals = 1
        with pytest.raises(AlertNotSentError):
            evaluate(world.happens(attach(event_id=name)), world.evaluation())
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError, match="1 incidents is still owed"):
        send_owed(world.records, world.alerts, world.clock)
    assert len(world.alerts.sent) == 1
    assert send_owed(world.records, world.alerts, world.clock) == 1


def test_an_outcome_that_is_owed_is_sent_too(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    world.records.save(incident.ended(Outcome(ending=Ending.RESTORED, says="x", at=AT)))
    world.clock.sleep(ITS_OWN.total_seconds())
    assert [send_owed(world.records, world.alerts, world.clock) for _ in range(2)] == [1, 0]
    assert world.subjects() == ["CRITICAL", "RESTORED"]


def test_an_outcome_is_left_to_the_run_that_noted_it_for_a_while(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    noted = incident.ended(Outcome(ending=Ending.RESTORED, says="x", at=world.clock.now()))
    world.records.save(noted)
    assert send_owed(world.records, world.alerts, world.clock) == 0
    assert [*world.records.owed()] == [noted]


def test_what_was_noted_while_its_mail_was_on_the_way_is_kept_and_still_owed(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    world.records.save(incident.ended(Outcome(ending=Ending.RESTORED, says="x", at=AT)))
    world.clock.sleep(ITS_OWN.total_seconds())
    later = incident.ended(Outcome(ending=Ending.FAILED, says="y", at=world.clock.now()))
    send = world.alerts.send

    def slowly(mail: Mail) -> None:
        world.records.save(later)
        send(mail)

    world.alerts.send = slowly  # type: ignore[method-assign]  # what happens during one call
    send_owed(world.records, world.alerts, world.clock)
    assert [*world.records.owed()] == [later]

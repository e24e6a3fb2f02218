"""Grace: people have so many seconds to accept a change, and the alert says until when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lambdas.model.family import Family
from lambdas.model.incident import Incident
from lambdas.service.evaluate import evaluate
from lambdas.service.grace import grace_left
from tests.service.fakes import LEASE
from tests.service.world import PIPELINE, SETTINGS, World, attach, stop

PATIENT = replace(SETTINGS, grace_seconds={Family.MANAGED_POLICY: 300})


@pytest.fixture
def world() -> World:
    return World(settings=PATIENT)


def test_the_undo_is_asked_for_at_once_and_made_after_the_grace(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    assert incident is not None
    assert incident.undo_at == world.clock.now() + timedelta(seconds=300)
    assert world.undos.asked == [(incident.id, 300, 0)]
    assert world.records.pending() == {"ID-alice"}


def test_the_alert_says_when_and_how_to_stop_it(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    assert incident is not None
    [mail] = world.alerts.sent
    assert (
        "WHAT WILL BE DONE\n"
        "  Snapback makes these calls at 2026-03-01 12:05:07 UTC.\n"
        "  A second mail says how it ended.\n"
        f"  Unless somebody accepts the change before: snapback accept {incident.id}\n"
        "    aws iam detach-user-policy "
    ) in mail.body
    assert "\n  - If it was meant: accept it in time, as above.\n" in mail.body


def test_another_family_waits_for_nobody(world: World) -> None:
    incident = evaluate(world.happens(stop()), world.evaluation())
    assert incident is not None
    assert (incident.undo_at, world.undos.asked) == (None, [(incident.id, 0, 0)])


def test_what_is_not_undone_has_no_moment(world: World) -> None:
    incident = evaluate(world.happens(attach(actor=PIPELINE)), world.evaluation())
    assert incident is not None
    assert incident.undo_at is None


def test_a_run_that_is_taken_up_again_asks_for_what_is_left(world: World) -> None:
    made = world.happens(attach())
    world.records.failing = {"finish"}
    with pytest.raises(TimeoutError):
        evaluate(made, world.evaluation())
    world.clock.moment += LEASE * 1.01
    evaluate(made, world.evaluation())
    assert [after for _, after, _ in world.undos.asked] == [300, 235]


@pytest.mark.parametrize(
    ("seconds", "left"), [(-1.0, 301), (0.5, 300), (299.9, 1), (300.0, 0), (9000.0, 0)]
)
def test_how_much_is_left(world: World, seconds: float, left: int) -> None:
    incident: Incident | None = evaluate(world.happens(attach()), world.evaluation())
    assert incident is not None
    world.clock.moment += timedelta(seconds=seconds)
    assert grace_left(incident, world.clock) == left

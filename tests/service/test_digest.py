from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lambdas.model.incident import Incident
from lambdas.service import digest as module
from lambdas.service.digest import CROWD, LONGEST_WAIT, send_digest
from lambdas.service.ports import AlertNotSentError
from tests.service.world import AT, READ, World, evaluate_quietly, put, tagged

TICK = timedelta(seconds=1)


def holding(*incidents: Incident) -> World:
    world = World()
    for incident in incidents:
        world.records.save(incident)
    return world


def sent(world: World, after: timedelta = LONGEST_WAIT) -> int:
    world.clock.moment = AT + after
    return send_digest(world.records, world.alerts, world.clock)


@pytest.mark.parametrize(
    "world",
    [
        pytest.param(World(), id="when nothing has happened"),
        pytest.param(
            holding(evaluate_quietly(World(), put(READ))), id="of what nobody needs to know"
        ),
        pytest.param(holding(evaluate_quietly(World(), put())), id="of what was mailed at once"),
        pytest.param(holding(replace(tagged(), planned_by="x")), id="of Snapback's own calls"),
    ],
)
def test_there_is_no_digest(world: World) -> None:
    assert sent(world, timedelta(days=9)) == 0
    assert world.alerts.sent == []


@pytest.mark.parametrize(
    ("incidents", "after", "told"),
    [
        pytest.param([tagged()], LONGEST_WAIT - TICK, 0, id="nothing before a day has passed"),
        pytest.param([tagged()], LONGEST_WAIT, 1, id="the one that has waited a day"),
        pytest.param(
            [tagged(), tagged("2", AT + 9 * TICK)], LONGEST_WAIT, 2, id="with it the younger ones"
        ),
        pytest.param([replace(tagged(), id=str(n)) for n in range(CROWD)], TICK, 0, id="no crowd"),
        pytest.param(
            [replace(tagged(), id=str(n)) for n in range(CROWD + 1)], TICK, CROWD + 1, id="a crowd"
        ),
    ],
)
def test_a_digest_tells(incidents: Iterable[Incident], after: timedelta, told: int) -> None:
    world = holding(*incidents)
    assert sent(world, after) == told
    assert len(world.alerts.sent) == (told > 0)
    assert sent(world, after) == 0


def test_a_digest_that_fails_is_sent_again() -> None:
    world = holding(tagged())
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        sent(world)
    assert sent(world) == 1


def test_what_comes_while_a_digest_is_sent_waits_for_the_next() -> None:
    world = holding(tagged())
    late = tagged("2", AT + TICK)
    send = world.alerts.send

    def meanwhile(mail: Any) -> None:
        send(mail)
        world.records.save(late)

    world.alerts.send = meanwhile  # type: ignore[method-assign]  # what happens in between
    sent(world)
    assert list(world.records.waiting()) == [late.id]


def test_what_is_too_much_for_one_digest_follows_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_READ", 2)
    world = holding(*(tagged(str(number), AT - number * TICK) for number in range(5)))
    assert [sent(world) for _ in range(4)] == [2, 2, 1, 0]
    first, _, last = (mail.body for mail in world.alerts.sent)
    assert "2 times, 2026-03-01 12:00:01 UTC to 2026-03-01 12:00:02 UTC" in first
    assert "3 more follow in the next digest" in first
    assert "more follow" not in last


def test_what_cannot_be_read_keeps_nothing_else_waiting() -> None:
    spoilt, gone, sound = tagged("1"), tagged("2"), tagged("3")
    world = holding(spoilt, gone, sound)
    world.records.unreadable.add(spoilt.id)
    del world.records.incidents[gone.id]
    assert sent(world) == 3
    [mail] = world.alerts.sent
    assert (
        f"2 incidents cannot be read any more, the first ones: {spoilt.id}, {gone.id}" in mail.body
    )
    assert sound.id in mail.body
    assert world.records.waiting() == {}

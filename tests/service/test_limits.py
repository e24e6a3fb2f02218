"""Limits: so many undos and no more, counted once each, and said loudly once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.change import Change, Edit
from lambdas.model.incident import Alert, Ending, Incident
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from lambdas.model.turn import Turns
from lambdas.service.evaluate import evaluate
from lambdas.service.limits import OF_ALL, OF_ONE_SUBJECT, allowed
from lambdas.service.ports import UnreadableItemError
from lambdas.service.undo import undo
from lambdas.settings import UndoLimits
from tests.service.fakes import LEASE
from tests.service.world import SETTINGS, TRAIL, World, attach, state, stop

TOO_MANY = "undoLimits allows 3 undos of user alice in 15 minutes, and as many were let through"


@pytest.fixture
def world() -> World:
    return World()


def repeated(world: World, number: int) -> Incident:
    """The attack, after whatever was done about the one before."""
    world.clock.moment += timedelta(seconds=2)
    former = world.account.world.copy()
    made = attach(event_id=f"attack-{number}", at=world.clock.moment.replace(microsecond=0))
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    world.account.world = former
    return incident


def other(number: int) -> Change:
    """The same deed on the nth of many trails."""
    trail = Subject(Kind.TRAIL, f"{TRAIL.name}-{number}")
    return replace(stop(event_id=f"stop-{number}"), subject=trail)


def stopped(world: World, number: int) -> Incident:
    made = other(number)
    assert made.subject is not None
    running = state(made.subject, logging={ONLY: "true"})
    world.account.have(running)
    world.records.remember((running,))
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    return incident


def test_whoever_repeats_an_attack_after_each_undo_ends_with_alerts_only(world: World) -> None:
    incidents = [repeated(world, number) for number in range(6)]
    assert [each.held for each in incidents] == [None] * 3 + [TOO_MANY] * 3
    assert [each.alert for each in incidents] == [Alert.SENT] * 6
    assert world.undos.requested == [each.id for each in incidents[:3]]


def test_the_first_one_too_many_is_told_loudly_and_how_to_go_on(world: World) -> None:
    incidents = [repeated(world, number) for number in range(6)]
    loud = [
        each
        for each in incidents
        if each.verdict.findings[0].rule == "undo-limit-reached"
        and each.verdict.severity is Severity.CRITICAL
    ]
    assert loud == [incidents[3]]
    mail = world.alerts.sent[3]
    assert mail.subject == (
        "[CRITICAL] Snapback undoes no more changes of user alice: too many of late"
        " (account 123456789012)"
    )
    assert f"\n  Nothing: {TOO_MANY}.\n  The calls that would undo it:\n    aws iam " in mail.body
    assert "\n  - Find out who or what repeats such changes" in mail.body
    assert "Find out who" not in world.alerts.sent[4].body


def test_when_it_has_been_quiet_undos_go_on_and_a_new_loop_is_told_again(world: World) -> None:
    for number in range(4):
        repeated(world, number)
    world.clock.moment += OF_ONE_SUBJECT
    again = [repeated(world, number) for number in range(4, 8)]
    assert [each.undoes for each in again] == [True, True, True, False]
    assert again[3].verdict.findings[0].rule == "undo-limit-reached"


def test_a_limit_slides(world: World) -> None:
    repeated(world, 0)
    world.clock.moment += OF_ONE_SUBJECT - timedelta(seconds=5)
    assert [repeated(world, number).undoes for number in (1, 2)] == [True, True]
    assert [repeated(world, number).undoes for number in (3, 4)] == [True, False]


def test_undos_of_many_subjects_count_together(world: World) -> None:
    world.settings = replace(SETTINGS, undo_limits=UndoLimits(3, 5))
    incidents = [stopped(world, number) for number in range(7)]
    assert [each.undoes for each in incidents] == [True] * 5 + [False] * 2
    assert incidents[5].held == (
        "undoLimits allows 5 undos of all subjects in 60 minutes, and as many were let through"
    )
    rules = [each.verdict.findings[0].rule == "undo-limit-reached" for each in incidents]
    assert rules == [False] * 5 + [True, False]
    world.clock.moment += OF_ALL
    assert stopped(world, 7).undoes


def test_what_is_held_anyway_takes_no_turn(world: World) -> None:
    world.settings = replace(SETTINGS, response={})
    assert not repeated(world, 0).undoes
    assert world.records.taken == Turns()


class TestCountingOnce:
    def test_a_run_that_died_before_it_saved_keeps_its_turn(self, world: World) -> None:
        made = world.happens(attach())
        world.records.failing = {"save"}
        with pytest.raises(TimeoutError):
            evaluate(made, world.evaluation())
        world.clock.moment += LEASE * 1.01
        evaluate(made, world.evaluation())
        assert len(world.records.taken.taken) == 1

    def test_the_undo_that_asks_again_has_its_turn_though_others_took_the_rest(
        self, world: World
    ) -> None:
        incidents = [repeated(world, number) for number in range(4)]
        answers = [allowed(each, world.undoing()) for each in incidents for _ in range(5)]
        assert answers == [None] * 15 + [TOO_MANY] * 5
        assert len(world.records.taken.taken) == 3

    def test_the_one_that_told_of_the_limit_tells_of_it_again_if_its_run_died(
        self, world: World
    ) -> None:
        for number in range(3):
            repeated(world, number)
        made = world.happens(attach(event_id="fourth"))
        world.records.failing = {"save"}
        with pytest.raises(TimeoutError):
            evaluate(made, world.evaluation())
        world.clock.moment += LEASE * 1.01
        incident = evaluate(made, world.evaluation())
        assert incident is not None
        assert incident.verdict.findings[0].rule == "undo-limit-reached"

    def test_of_two_at_the_same_moment_one_gets_the_last_turn(self, world: World) -> None:
        incidents = [repeated(world, number) for number in range(3)]
        world.records.taken = Turns()
        world.settings = replace(SETTINGS, undo_limits=UndoLimits(1, 20))
        quicker = []
        world.records.meanwhile = [lambda: quicker.append(allowed(incidents[1], world.undoing()))]
        slower = allowed(incidents[0], world.undoing())
        assert (quicker, [turn.incident for turn in world.records.taken.taken]) == (
            [None],
            [incidents[1].id],
        )
        assert slower is not None


def test_an_undo_that_nobody_counted_is_none_where_there_is_no_room(world: World) -> None:
    for number in range(3):
        repeated(world, number)
    made = attach(event_id="uncounted", at=world.clock.moment.replace(microsecond=0))
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident is not None
    world.records.incidents[incident.id] = replace(incident, held=None)
    ended = undo(incident.id, world.undoing())
    assert ended is not None
    assert ended.outcome is not None
    assert (ended.outcome.ending, ended.outcome.says) == (
        Ending.ALERTED,
        f"not undone: {TOO_MANY}",
    )
    assert world.reverts.made == []


def test_a_rename_does_not_begin_a_new_count(world: World) -> None:
    incidents = [repeated(world, number) for number in range(3)]
    renamed = replace(
        incidents[0],
        id="another",
        change=replace(incidents[0].change, subject=Subject(Kind.USER, "alicia")),
    )
    assert allowed(renamed, world.undoing()) is not None
    assert allowed(replace(renamed, unique_id="ID-another"), world.undoing()) is None


def test_a_subject_without_an_id_counts_by_its_name(world: World) -> None:
    world.settings = replace(SETTINGS, undo_limits=UndoLimits(1, 20))
    nameless = replace(repeated(world, 0), unique_id=None)
    answers = [allowed(replace(nameless, id=each), world.undoing()) for each in ("a", "b")]
    assert [answer is None for answer in answers] == [True, False]


def test_what_cannot_be_counted_is_told_and_not_undone(world: World) -> None:
    world.records.uncountable = True
    incident = repeated(world, 0)
    assert incident.held == "how many undos there were cannot be read: turns"
    assert (incident.alert, world.undos.requested) == (Alert.SENT, [])
    with pytest.raises(UnreadableItemError):
        world.records.turns()


def test_an_edit_of_a_trail_counts_for_that_trail(world: World) -> None:
    world.settings = replace(SETTINGS, undo_limits=UndoLimits(1, 20))
    incidents = [stopped(world, number) for number in range(2)]
    assert [each.held for each in incidents] == [None, None]
    assert {turn.scope for turn in world.records.taken.taken} == {
        f"{TRAIL.name}-0",
        f"{TRAIL.name}-1",
    }
    assert incidents[0].change.edits == (Edit(Part.LOGGING, ONLY, "false"),)


INCIDENT = repeated(World(), 0)
ASKS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from("abc"), st.integers(0, 1500)), max_size=40
)
"""Which incident asks, of which subject, so many seconds after the one before."""


@given(ASKS, st.integers(1, 4), st.integers(1, 8))
def test_whoever_asks_in_whatever_order_no_window_holds_more_than_its_limit(
    asks: list[tuple[int, str, int]], per_subject: int, per_account: int
) -> None:
    world = World(settings=replace(SETTINGS, undo_limits=UndoLimits(per_subject, per_account)))
    through: dict[str, tuple[datetime, str]] = {}
    for number, subject, seconds in asks:
        world.clock.moment += timedelta(seconds=seconds)
        incident = replace(INCIDENT, id=f"{subject}{number}", unique_id=subject)
        known = through.get(incident.id)
        if known and world.clock.moment - known[0] >= OF_ALL:
            continue
        refused = allowed(incident, world.undoing()) is not None
        assert not (known and refused), "who has a turn keeps it"
        late = [turn for turn in through.values() if world.clock.moment - turn[0] < OF_ALL]
        later = [turn for turn in late if world.clock.moment - turn[0] < OF_ONE_SUBJECT]
        full = len(late) >= per_account or [s for _, s in later].count(subject) >= per_subject
        assert known or refused == full, "as few as allowed, and no fewer"
        if not refused and not known:
            through[incident.id] = (world.clock.moment, subject)

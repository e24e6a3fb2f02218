"""Time: it runs out for nobody silently, and never makes a change safe or an undo a gift."""

from datetime import datetime, timedelta

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.incident import Ending, Incident
from lambdas.model.severity import Severity
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.rules.judging import PORTION
from lambdas.service.evaluate import evaluate
from lambdas.service.hurry import TO_JUDGE, may_be_grave, within
from lambdas.service.undo import undo
from tests.rules.cases import case_of
from tests.service.fakes import FakeClock
from tests.service.world import ADMIN, READER, World, change, state

ALL_BUT_ONE = (
    '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},'
    '{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}'
)
CROWD = Subject(Kind.GROUP, "crowd")
COUNT = PORTION + 2


class FastClock(FakeClock):
    """Time of which so much passes at every look, once it began to."""

    passing = timedelta()

    def now(self) -> datetime:
        self.moment += self.passing
        return self.moment


def test_time_is_left_until_it_is_over() -> None:
    clock = FakeClock()
    in_time = within(TO_JUDGE, clock)
    assert in_time()
    clock.sleep(TO_JUDGE.total_seconds())
    assert not in_time()


@pytest.fixture
def clock() -> FastClock:
    return FastClock()


@pytest.fixture
def world(clock: FastClock) -> World:
    """A group that more are in than are judged at once."""
    made = World(clock)
    crowd = state(CROWD, attached={}, inline={})
    made.account.have(crowd, *map(_member, range(COUNT)))
    made.records.remember((crowd,))
    return made


def _member(number: int) -> State:
    parts = {"attached": {}, "inline": {}, "groups": {CROWD.name: CROWD.name}, "boundary": {}}
    return state(Subject(Kind.USER, f"u{number}"), **parts)


def give(policy: Subject = ADMIN) -> Change:
    edit = Edit(Part.ATTACHED, policy.name, policy.name.rpartition("/")[2])
    return change("AttachGroupPolicy", CROWD, edit)


def judged(world: World, clock: FastClock, made: Change, passing: timedelta) -> Incident:
    happened = world.happens(made)
    clock.passing = passing
    found = evaluate(happened, world.evaluation())
    assert found is not None
    clock.passing = timedelta()
    return found


def test_all_are_judged_where_there_is_time(world: World, clock: FastClock) -> None:
    found = judged(world, clock, give(), timedelta())
    assert len(found.verdict.findings) == COUNT
    assert (found.verdict.problems, found.undoes) == ((), True)


def test_who_was_not_judged_in_time_is_told_and_what_was_found_is_undone(
    world: World, clock: FastClock
) -> None:
    found = judged(world, clock, give(), TO_JUDGE)
    assert len(found.verdict.findings) == PORTION
    [problem] = found.verdict.problems
    assert problem.severity is Severity.HIGH
    assert problem.says.startswith(f"2 of the {COUNT} principals that the change reaches were not")
    assert found.undoes
    assert world.subjects() == ["CRITICAL"]


def test_what_could_not_be_judged_in_time_is_not_safe(world: World, clock: FastClock) -> None:
    found = judged(world, clock, give(READER), TO_JUDGE)
    assert (found.verdict.findings, found.verdict.severity) == ((), Severity.HIGH)
    assert found.held == "nothing was found that calls for an undo"
    assert world.subjects() == ["HIGH"]


@pytest.mark.parametrize("in_time", [True, False])
def test_whether_a_change_is_grave_where_time_is_short_is_taken_to_be_so(
    world: World, *, in_time: bool
) -> None:
    states = States(world.account.world)
    members = (each for each in world.account.world if each.name.startswith("u"))
    case = case_of(states, states, *members, subject=CROWD)
    assert may_be_grave(case, lambda: in_time) is not in_time


def test_an_undo_that_gives_nothing_is_made(world: World, clock: FastClock) -> None:
    found = judged(world, clock, give(), timedelta())
    assert undone(world, found) == (Ending.RESTORED, False)


def test_an_undo_is_refused_where_there_is_no_time_to_see_whether_it_gives(
    world: World, clock: FastClock
) -> None:
    found = judged(world, clock, give(), timedelta())
    world.account.have(state(ADMIN, document={"v1": ALL_BUT_ONE}))
    clock.passing = TO_JUDGE
    assert undone(world, found) == (Ending.FAILED, True)
    assert "were not judged: there was no time" in world.alerts.sent[-1].body


def undone(world: World, found: Incident) -> tuple[Ending, bool]:
    """How the undo ended, and whether the group has the policy still."""
    incident = undo(found.id, world.undoing())
    assert incident is not None
    assert incident.outcome is not None
    return incident.outcome.ending, ADMIN.name in world.account.world[CROWD].parts[Part.ATTACHED]

from typing import Never

import pytest

from lambdas.service.claims import PAUSES, claimed
from lambdas.service.ports import HeldError
from tests.service.fakes import LEASE, FakeClock, FakeRecords


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords(FakeClock())


def run(records: FakeRecords) -> int | None:
    with claimed("work", records, records.clock) as attempt:
        return attempt


def test_the_first_run_takes_the_work_and_a_later_one_finds_it_done(records: FakeRecords) -> None:
    assert [run(records), run(records)] == [1, None]


def test_a_run_that_raises_lets_go_and_the_next_try_takes_up(records: FakeRecords) -> Never:
    with pytest.raises(KeyError), claimed("work", records, records.clock):
        raise KeyError
    assert run(records) == 2


def test_a_run_that_died_is_taken_up_when_its_lease_has_ended(records: FakeRecords) -> None:
    records.claim("work")
    records.clock.moment += LEASE * 1.01
    assert run(records) == 2


def test_a_run_waits_for_another_that_then_finishes(records: FakeRecords) -> None:
    records.claim("work")
    records.clock.meanwhile = [lambda: None, lambda: records.finish("work")]
    assert run(records) is None
    assert records.clock.slept == list(PAUSES[:2])


def test_a_run_waits_for_another_that_then_lets_go(records: FakeRecords) -> None:
    records.claim("work")
    records.clock.meanwhile = [lambda: records.release("work")]
    assert run(records) == 2


def test_a_run_gives_up_on_another_that_comes_to_no_end(records: FakeRecords) -> None:
    records.claim("work")
    with pytest.raises(HeldError):
        run(records)
    assert records.clock.slept == list(PAUSES)
    assert not records.claims["work"].done

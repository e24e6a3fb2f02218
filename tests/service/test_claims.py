from datetime import timedelta
from typing import Never

import pytest

from lambdas.service.claims import PATIENCE, PAUSES, alone, claimed
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


class TestWhatIsDoneAgainAndAgain:
    """One after the other, and once for all who ask while one is at it."""

    LEASE = timedelta(minutes=15)

    def run(self, records: FakeRecords) -> bool:
        with alone("work", records, records.clock, lease=self.LEASE) as is_due:
            return is_due

    def test_is_done_each_time(self, records: FakeRecords) -> None:
        assert [self.run(records), self.run(records)] == [True, True]
        assert records.clock.slept == []

    def test_is_not_done_beside_another(self, records: FakeRecords) -> None:
        records.claim("work", lease=self.LEASE)
        with pytest.raises(HeldError):
            self.run(records)
        assert sum(records.clock.slept) == PATIENCE.total_seconds()

    def test_waits_for_another_which_may_not_have_seen_all(self, records: FakeRecords) -> None:
        records.claim("work", lease=self.LEASE)
        records.clock.meanwhile = [lambda: None, lambda: records.release("work")]
        assert self.run(records)
        assert len(records.clock.slept) == 2

    def test_is_needless_where_one_more_began_and_ended_since(self, records: FakeRecords) -> None:
        records.claim("work", lease=self.LEASE)

        def another() -> None:
            records.release("work")
            assert self.run(records)

        records.clock.meanwhile = [another]
        assert not self.run(records)
        assert self.run(records)

    def test_is_taken_up_when_a_run_has_died_and_its_lease_ended(
        self, records: FakeRecords
    ) -> None:
        records.claim("work", lease=timedelta(seconds=3))
        assert self.run(records)

    def test_lets_go_where_it_fails(self, records: FakeRecords) -> None:
        with pytest.raises(KeyError), alone("work", records, records.clock, lease=self.LEASE):
            raise KeyError
        assert self.run(records)

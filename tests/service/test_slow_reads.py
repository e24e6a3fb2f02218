from datetime import timedelta

from lambdas.service.evaluate import evaluate
from tests.service.fakes import FakeAccount
from tests.service.world import ALICE, World, attach


class SlowAccount(FakeAccount):
    """An account of which nothing can be read before its own deadline is over."""

    def reading(self, subjects, *, reach=None):
        found = super().reading(subjects, reach=reach)
        self.clock.moment += timedelta(seconds=15)
        return found


def test_where_nothing_can_be_read_in_time_people_are_told_all_the_same():
    world = World()
    made = world.happens(attach())
    slow = SlowAccount(world.clock, world.account.world, unreadable={ALICE: 99})
    world.account = slow
    began = world.clock.now()
    incident = evaluate(made, world.evaluation())
    assert incident.verdict.severity.mailed
    assert len(world.alerts.sent) == 1
    assert world.clock.now() - began < timedelta(seconds=40)

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from lambdas.model.mail import UNHURRIED, Mail
from lambdas.service.gravity import FIRST, SOON
from lambdas.service.pacing import PacedAlerts
from lambdas.service.ports import AlertNotSentError, PutOffError
from tests.service.fakes import FakeAlerts, FakeClock

URGENT = Mail("urgent", "", SOON)
FOREMOST = Mail("foremost", "", FIRST)
OTHER = Mail("other", "")


@dataclass
class FakeSlots:
    """Slots that all functions share; ``broken`` ones cannot be taken or read."""

    taken: set[int] = field(default_factory=set)
    broken: bool = False

    def take(self, number: int) -> bool:
        if self.broken:
            raise TimeoutError("PutItem")
        is_free = number not in self.taken
        self.taken.add(number)
        return is_free


@dataclass
class Post:
    """Functions, each with a clock of its own, that send through one topic."""

    slots: FakeSlots = field(default_factory=FakeSlots)
    topic: FakeAlerts = field(default_factory=FakeAlerts)
    a_second: int = 1

    def send(self, mail: Mail) -> float:
        """Have a function send a mail at one and the same moment; how long it waited."""
        clock = FakeClock()
        PacedAlerts(topic=self.topic, slots=self.slots, clock=clock, a_second=self.a_second).send(
            mail
        )
        return sum(clock.slept)


def test_a_mail_alone_waits_for_nothing() -> None:
    post = Post()
    assert post.send(URGENT) == 0
    assert post.topic.sent == [URGENT]


def test_those_of_one_moment_leave_a_second_between_them() -> None:
    post = Post()
    assert [post.send(URGENT) for _ in range(3)] == [0, 1, 2]


def test_the_settings_allow_more_a_second() -> None:
    post = Post(a_second=5)
    assert [post.send(URGENT) for _ in range(3)] == pytest.approx([0, 0.2, 0.4])


def test_what_finds_no_turn_soon_enough_is_put_off_and_not_sent() -> None:
    post = Post()
    for _ in range(3):
        post.send(URGENT)
    with pytest.raises(PutOffError, match="more than 1 mails a second"):
        post.send(URGENT)
    assert len(post.topic.sent) == 3


def test_however_many_there_are_no_second_has_two() -> None:
    post = Post()
    for _ in range(1000):
        for mail in (URGENT, FOREMOST, OTHER):
            try_sending(post, mail)
    assert len(post.topic.sent) == len(post.slots.taken) == 1 + UNHURRIED / timedelta(seconds=1)


def try_sending(post: Post, mail: Mail) -> None:
    try:
        post.send(mail)
    except PutOffError:
        return


@pytest.mark.parametrize("mail", [FOREMOST, OTHER], ids=["critical about itself", "not recorded"])
def test_a_storm_of_alerts_leaves_turns_to_what_comes_first(mail: Mail) -> None:
    post = Post()
    for _ in range(100):
        try_sending(post, URGENT)
    assert post.send(mail) == 3
    assert post.topic.sent[-1] is mail


def test_a_count_that_cannot_be_kept_stops_no_mail() -> None:
    post = Post(FakeSlots(broken=True))
    assert [post.send(URGENT) for _ in range(5)] == [0] * 5
    assert len(post.topic.sent) == 5


def test_what_sns_does_not_take_is_said_so() -> None:
    post = Post(topic=FakeAlerts(refusals=1))
    with pytest.raises(AlertNotSentError, match="InternalError"):
        post.send(URGENT)

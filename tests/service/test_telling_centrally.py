"""What a run is given is told, one mail a second; whatever is not is named and waits."""

import pytest

from lambdas.model.forwarded import Forwarded
from lambdas.service.telling_centrally import MOST_ALONE, PAUSE, tell
from tests.service.fakes import FakeAlerts, FakeClock


def mails(count: int) -> dict[str, Forwarded]:
    return {
        f"m{number}": Forwarded(
            account=f"{number:012}", region="us-east-1", subject="[HIGH] eve", text="text"
        )
        for number in range(count)
    }


@pytest.mark.parametrize(
    ("count", "sent"),
    [(0, 0), (1, 1), (MOST_ALONE, MOST_ALONE), (MOST_ALONE + 1, 1), (500, 1)],
)
def test_a_few_are_told_one_by_one_and_more_as_one(count: int, sent: int) -> None:
    alerts, clock = FakeAlerts(), FakeClock()
    assert tell(mails(count), alerts, clock) == {}
    assert len(alerts.sent) == sent
    assert clock.slept == [PAUSE] * sent


def test_what_could_not_be_sent_is_named_and_the_others_are_sent() -> None:
    alerts = FakeAlerts(refusals=1)
    assert tell(mails(3), alerts, FakeClock()) == {"m0": "InternalError"}
    assert [each.subject[:12] for each in alerts.sent] == ["000000000001", "000000000002"]


def test_of_a_mail_about_many_that_could_not_be_sent_all_are_named() -> None:
    alerts = FakeAlerts(refusals=1)
    assert {*tell(mails(5), alerts, FakeClock())} == {"m0", "m1", "m2", "m3", "m4"}
    assert alerts.sent == []

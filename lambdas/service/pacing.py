"""Pacing: so many mails a second, over all functions; who finds no slot puts the mail off.

SNS unsubscribes an address that is sent more than ten mails in a second, and nobody reads a
thousand of them: whoever makes a thousand changes must not thereby hide one.
https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
"""

from dataclasses import dataclass
from math import floor
from typing import Protocol

from lambdas.model.mail import Mail
from lambdas.service.ports import Alerts, Clock, PutOffError


class Slots(Protocol):
    """The parts of seconds in which one mail may be sent, numbered since 1970."""

    def take(self, number: int) -> bool:
        """Take one; whether nobody had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacedAlerts:
    """The mail to the security team, sent no faster than people and SNS take it."""

    topic: Alerts
    slots: Slots
    clock: Clock
    a_second: int

    def send(self, mail: Mail) -> None:
        """Send a mail when its slot comes; see the port."""
        wait = self._slot(mail)
        if wait is None:
            raise PutOffError(f"more than {self.a_second} mails a second")
        if wait > 0:
            self.clock.sleep(wait)
        self.topic.send(mail)

    def _slot(self, mail: Mail) -> float | None:
        """Seconds until its slot; None where none comes soon enough.

        Whatever keeps a slot from being taken, people are told all the same, and at once.
        """
        now = self.clock.now().timestamp()
        last = floor((now + mail.patience.total_seconds()) * self.a_second)
        try:
            for number in range(floor(now * self.a_second), last + 1):
                if self.slots.take(number):
                    return number / self.a_second - self.clock.now().timestamp()
        except Exception:  # noqa: BLE001 - a mail never fails because it cannot be counted
            return 0.0
        return None

"""Ports that do nothing: in a replay no mail is sent, nothing is undone, and no time passes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from lambdas.model.mail import Mail


class SilentAlerts:
    """Takes every mail and sends none."""

    def send(self, mail: Mail) -> None:
        """Send nothing."""


class SilentUndos:
    """Takes every request and undoes nothing."""

    def request(self, incident_id: str, *, after: int = 0, look: int = 0) -> None:
        """Ask for nothing."""


_NOT_YET = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class StandingClock:
    """The time of the event that is being judged."""

    moment: datetime = _NOT_YET

    def now(self) -> datetime:
        """That time."""
        return self.moment

    def sleep(self, seconds: float) -> None:
        """Go on at once: nothing changes meanwhile."""

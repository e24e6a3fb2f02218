"""Ports that do nothing: in a replay nothing is sent, undone or decided, and no time passes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from lambdas.model.decision import Acceptance, Expectation, Pause
from lambdas.model.mail import Mail


class SilentAlerts:
    """Takes every mail and sends none."""

    def send(self, mail: Mail) -> None:
        """Send nothing."""


class SilentUndos:
    """Takes every request and undoes nothing."""

    def request(self, incident_id: str, *, after: int = 0, look: int = 0) -> None:
        """Ask for nothing."""


class SilentSweeps:
    """Takes every request and reads nothing."""

    def request(self, *, after: int = 0) -> None:
        """Ask for nothing."""


class NoDecisions:
    """Nobody has decided anything, nor can."""

    def accept(self, acceptance: Acceptance) -> None:
        """Keep nothing."""

    def accepted(self, unique_id: str) -> tuple[Acceptance, ...]:  # noqa: ARG002 - the port's
        """Nothing."""
        return ()

    def forget(self, acceptance: Acceptance) -> None:
        """There is nothing to forget."""

    def expected(self) -> tuple[Expectation, ...]:
        """Nothing."""
        return ()

    def paused(self) -> Pause | None:
        """No pause."""
        return None

    def promised(self, fingerprint: str, by: str, at: datetime) -> str | None:  # noqa: ARG002 - the port's
        """Nobody promised anything."""
        return None


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

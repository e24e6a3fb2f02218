"""Time as it is."""

import time
from datetime import UTC, datetime


class WallClock:
    """The function's own clock."""

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

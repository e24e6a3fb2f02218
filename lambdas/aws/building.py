"""States being built: parts arrive from many reads, in any order."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from threading import Event, Lock

from lambdas.model.state import Part, State
from lambdas.model.subject import Subject


class Building:
    """One subject's state while its parts are still being read."""

    def __init__(self, subject: Subject, as_of: datetime) -> None:
        self.subject = subject
        self._as_of = as_of
        self._identity: tuple[str, str] | None = None
        self._identified = Event()
        self._parts: dict[Part, dict[str, str]] = defaultdict(dict)
        self._lock = Lock()

    def identify(self, unique_id: str | None, arn: str = "") -> None:
        """Say who the subject is, or with None that it cannot be found or read."""
        self._identity = (unique_id, arn) if unique_id else None
        self._identified.set()

    def unique_id(self) -> str | None:
        """The subject's unique id, waited for."""
        self._identified.wait()
        return self._identity[0] if self._identity else None

    def hold(self, part: Part, values: Mapping[str, str]) -> None:
        """Add values to a part; with none the part is known to be empty."""
        with self._lock:
            self._parts[part].update(values)

    def state(self) -> State | None:
        """The state as far as it was read; None where the subject is not to be found."""
        if self._identity is None:
            return None
        unique_id, arn = self._identity
        return State(
            subject=self.subject,
            unique_id=unique_id,
            arn=arn,
            as_of=self._as_of,
            parts={part: dict(values) for part, values in self._parts.items()},
        )

"""States being built: parts arrive from many reads, in any order."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from threading import Event, Lock

from lambdas.model.state import Part, State
from lambdas.model.subject import Subject

DEADLINE = 15.0
"""Seconds after which reads that have not ended are given up: an alert must not wait for them."""


class Building:
    """One subject's state while its parts are still being read."""

    def __init__(self, subject: Subject, as_of: datetime) -> None:
        self.subject = subject
        self._as_of = as_of
        self.absent = False
        self._identity: tuple[str, str] | None = None
        self._settled = Event()
        self._parts: dict[Part, dict[str, str]] = defaultdict(dict)
        self._lost: set[Part] = set()
        self._lock = Lock()

    def identify(self, unique_id: str, arn: str) -> None:
        """Say who the subject is."""
        self._identity = (unique_id, arn)
        self._settled.set()

    @property
    def identified(self) -> bool:
        """Whether it is known who the subject is."""
        return self._identity is not None

    def vanish(self) -> None:
        """Say that AWS knows of no such subject."""
        self.absent = True
        self._settled.set()

    def close(self) -> None:
        """Say that nothing more will be learned of who the subject is."""
        self._settled.set()

    def unique_id(self) -> str | None:
        """The subject's unique id, waited for; None where it is absent or cannot be read."""
        self._settled.wait(DEADLINE)
        return self._identity[0] if self._identity else None

    def hold(self, part: Part, values: Mapping[str, str]) -> None:
        """Add values to a part; with none the part is known to be empty."""
        with self._lock:
            self._parts[part].update(values)

    def lose(self, part: Part) -> None:
        """Say that something of a part could not be read: what is left of it is no part."""
        with self._lock:
            self._lost.add(part)

    def state(self) -> State | None:
        """The state of the parts that were read in full; None where nobody was found."""
        if self._identity is None:
            return None
        unique_id, arn = self._identity
        return State(
            subject=self.subject,
            unique_id=unique_id,
            arn=arn,
            as_of=self._as_of,
            parts=self.parts(),
        )

    def parts(self) -> Mapping[Part, Mapping[str, str]]:
        """The parts that were read in full so far."""
        with self._lock:
            return {
                part: dict(values) for part, values in self._parts.items() if part not in self._lost
            }

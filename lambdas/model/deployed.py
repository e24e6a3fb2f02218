"""Deployed: the parts of Snapback itself as they are seen to be now."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWatch:
    """An EventBridge rule; ``state`` is None where there is no rule of that name any more.

    ``unread`` says why nothing of it could be read; None where it was.
    """

    name: str
    region: str
    state: str | None
    targets: tuple[str, ...] = ()
    """ARNs of those that are Snapback's own: to others events are lost."""
    meant: str | None = None
    """The pattern that it should have, as JSON, where it has another one."""
    unread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFunction:
    """A function; ``state`` is None where there is none of that name any more.

    ``reserved`` is how many executions at once are reserved for it, None without a reservation.
    """

    name: str
    state: str | None
    last_update: str | None = None
    reserved: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFeed:
    """An event source mapping, which hands a queue's messages to a function.

    ``state`` is None where it is gone.
    """

    id: str
    state: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSubscription:
    """An e-mail subscription of a topic."""

    topic: str
    """ARN."""
    endpoint: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenQueue:
    """A dead-letter queue; ``letters`` is None where there is no such queue any more."""

    url: str
    region: str
    letters: int | None

    @property
    def name(self) -> str:
        """The queue's name: the end of its URL."""
        return self.url.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCanary:
    """The policy whose tag the canary changes: made when, and last tagged when."""

    made: datetime
    tagged: datetime | None

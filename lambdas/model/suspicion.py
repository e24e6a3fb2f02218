"""Suspicions: a subject that a sweep found changed, and of which no event has told yet."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Since when a change is suspected, and of when the state before it is (UTC).

    ``former`` is None where nothing was known of the subject.
    """

    since: datetime
    former: datetime | None

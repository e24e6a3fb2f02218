"""The digest: what is too little for a mail of its own, told together once a day."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lambdas.service.digest_mail import Entry, digest_mail, entry
from lambdas.service.ports import Alerts, Clock, Records, UnreadableItemError

LONGEST_WAIT = timedelta(days=1)
"""After this long the oldest incident waits for no others."""
CROWD = 500
"""When more than so many wait, they are told at once."""
MOST_READ = 5_000
"""Incidents in one digest: what it reads must leave the sweep its time; the next takes the rest."""


def send_digest(records: Records, alerts: Alerts, clock: Clock) -> int:
    """Send the digest if it is due; the number of incidents that it tells of.

    They wait until the mail is out: a crash may repeat a digest and never loses one.

    Raises:
        AlertNotSentError: it could not be handed over; all of them still wait.
    """
    waiting = records.waiting()
    if not _due(waiting, clock.now()):
        return 0
    told = sorted(waiting, key=waiting.__getitem__)[:MOST_READ]
    found = {each: _entry(each, records) for each in told}
    entries = [each for each in found.values() if each is not None]
    lost = [each for each, its in found.items() if its is None]
    alerts.send(digest_mail(entries, lost=lost, later=len(waiting) - len(told)))
    records.digested(told)
    return len(told)


def _due(waiting: Mapping[str, datetime], now: datetime) -> bool:
    oldest = min(waiting.values(), default=now)
    return now - oldest >= LONGEST_WAIT or len(waiting) > CROWD


def _entry(incident_id: str, records: Records) -> Entry | None:
    """What is told of an incident, which may be a large one and is not kept.

    None where it is gone or unreadable: that must keep no other waiting.
    """
    try:
        incident = records.incident(incident_id)
    except UnreadableItemError:
        return None
    return entry(incident) if incident else None

"""The digest: what is too little for a mail of its own, told together once a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from lambdas.model.change import Change
from lambdas.model.finding import Finding
from lambdas.model.incident import Incident
from lambdas.model.mail import Mail
from lambdas.model.problem import Problem
from lambdas.model.subject import Kind
from lambdas.service.ports import Alerts, Clock, Records, UnreadableItemError
from lambdas.service.wording import shown

LONGEST_WAIT = timedelta(days=1)
"""After this long the oldest incident waits for no others."""
CROWD = 500
"""When more than so many wait, they are told at once."""
MOST_READ = 5_000
"""Incidents in one digest: what it reads must leave the sweep its time; the next takes the rest."""
MOST_NAMED = 50
"""Groups of incidents that a digest names: the records hold all."""

_NEXT = (
    "Ask about what you would not expect of whoever did it.",
    "What a call that is not in the catalogue gave is not judged: look at what it did.",
)


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
    found = {each: _incident(each, records) for each in told}
    incidents = [incident for incident in found.values() if incident is not None]
    lost = [each for each, incident in found.items() if incident is None]
    alerts.send(digest_mail(incidents, lost=lost, later=len(waiting) - len(told)))
    records.digested(told)
    return len(told)


def digest_mail(incidents: Sequence[Incident], *, lost: Sequence[str] = (), later: int = 0) -> Mail:
    """The mail that tells of incidents, the oldest first.

    ``lost`` are the ids of those that cannot be read, ``later`` is how many are left for the next.
    """
    count = f"{len(incidents) + len(lost)} changes of low severity"
    account = shown(incidents[0].change.account, 20) if incidents else "not known"
    lines = (
        f"LOW: {count}. Nobody was mailed about them before, and nothing was undone.",
        "",
        *_named(_groups(incidents)),
        *_left(lost, later),
        "",
        "WHAT TO DO NEXT",
        *(f"  - {step}" for step in _NEXT),
    )
    return Mail(f"[LOW] {count} (account {account})", "\n".join(lines) + "\n")


def _due(waiting: Mapping[str, datetime], now: datetime) -> bool:
    oldest = min(waiting.values(), default=now)
    return now - oldest >= LONGEST_WAIT or len(waiting) > CROWD


def _incident(incident_id: str, records: Records) -> Incident | None:
    """The incident, or None where it is gone or unreadable: that must keep no other waiting."""
    try:
        return records.incident(incident_id)
    except UnreadableItemError:
        return None


_Group = tuple[str, str, Kind | None]
"""The same call by the same actor on the same kind of subject."""


def _groups(incidents: Iterable[Incident]) -> list[list[Incident]]:
    """The groups: those in which a rule found something first, as the noise is in the others."""
    groups: dict[_Group, list[Incident]] = {}
    for incident in incidents:
        change = incident.change
        kind = change.subject.kind if change.subject else None
        groups.setdefault((change.call, str(change.actor), kind), []).append(incident)
    return sorted(groups.values(), key=lambda group: not any(i.verdict.findings for i in group))


def _named(groups: Sequence[Sequence[Incident]]) -> Iterator[str]:
    for number, group in enumerate(groups[:MOST_NAMED], 1):
        yield f"  {number}. {_line(group)}"
    rest = groups[MOST_NAMED:]
    if rest:
        count = sum(len(group) for group in rest)
        yield f"  and {len(rest)} more kinds, {count} changes in all, in the incidents' records"


def _line(group: Sequence[Incident]) -> str:
    """One line for a group; what was found is that of its worst, and of the first of these."""
    worst = max(group, key=lambda incident: len(incident.verdict.findings) > 0)
    change = worst.change
    by = shown(str(change.actor))
    return (
        f"{_times(group)}: {shown(change.call)} on {_on(change, group)}, by {by}:"
        f" {shown(_why(worst))} (incident {shown(worst.id)})"
    )


def _times(group: Sequence[Incident]) -> str:
    moments = sorted(incident.change.at for incident in group)
    first, last = (f"{moment:%Y-%m-%d %H:%M:%S} UTC" for moment in (moments[0], moments[-1]))
    return first if len(group) == 1 else f"{len(group)} times, {first} to {last}"


def _on(change: Change, group: Sequence[Incident]) -> str:
    others = len({incident.change.subject for incident in group}) - 1
    named = shown(str(change.subject)) if change.subject else "an unknown target"
    return f"{named} and {others} more" if others else named


def _why(incident: Incident) -> str:
    """The worst that was found, or what could not be judged."""
    verdict = incident.verdict
    reasons: tuple[Finding | Problem, ...] = (*verdict.findings, *verdict.problems)
    return max(reasons, key=lambda reason: reason.severity).says


def _left(lost: Sequence[str], later: int) -> Iterator[str]:
    if lost:
        ids = ", ".join(shown(each) for each in lost[:MOST_NAMED])
        yield f"  {len(lost)} incidents cannot be read any more: {ids}"
    if later:
        yield f"  {later} more follow in the next digest"

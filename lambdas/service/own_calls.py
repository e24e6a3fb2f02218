"""Own calls: Snapback's calls come back as events and are matched with the plans behind them.

Of a call with more than 100 KB of parameters the event comes without them, so it says neither on
whom the call was made nor with what. It is matched by its action, and only with a plan that was
noted just before and holds a call of that action that is as long. Whoever misuses the role in that
moment, with that action and a text as long, looks the same: so such a call is told in the digest,
while one that no plan explains is the loudest alarm, as any other.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from collections.abc import Iterator

from lambdas.model.change import Change
from lambdas.model.finding import Finding
from lambdas.model.fingerprint import OMITTED, event_fingerprint
from lambdas.model.incident import Incident, incident_id
from lambdas.model.revert import Irreversible
from lambdas.model.severity import Severity
from lambdas.model.verdict import Verdict
from lambdas.service.ports import Records

MISUSED = "own-role-misused"


def is_own(change: Change, own_role: str | None) -> bool:
    """Whether the undoing function's role made a call; None where nothing is undone."""
    return own_role is not None and change.actor.arn == own_role


def planned_by(change: Change, records: Records) -> str | None:
    """The incident whose undo was about to make this call: one that is recorded and undone."""
    planned_by = records.own(change.fingerprint, change.at)
    incident = records.incident(planned_by) if planned_by else None
    return incident.id if incident is not None and incident.undoes else None


def misused(change: Change) -> Finding:
    """The loudest alarm there is: whoever has that role can do all that undos do."""
    return Finding(
        rule=MISUSED,
        says=f"Snapback's own role called {change.call}, which no undo had planned",
        severity=Severity.CRITICAL,
        because=(
            "only the undoing function may use this role, and just before a call it notes the plan",
        ),
    )


def own_call(change: Change, planned_by: str) -> Incident:
    """The incident of a call that an undo had planned: recorded, and told if it cannot be read."""
    reason = f"Snapback's own call, planned in incident {planned_by}"
    return Incident(
        id=incident_id(change.event_id, change.at),
        change=change,
        verdict=Verdict(findings=tuple(_unread(change, planned_by))),
        affected=(),
        revert=Irreversible(reason),
        held=reason,
        planned_by=planned_by,
    )


def _unread(change: Change, planned_by: str) -> Iterator[Finding]:
    """That an event does not say what the call was which the plan explains."""
    if change.fingerprint == event_fingerprint(change.call, OMITTED):
        yield Finding(
            rule="own-call-omitted",
            says=f"Snapback's own role called {change.call}, and CloudTrail omitted with what",
            severity=Severity.LOW,
            because=(f"the plan of incident {planned_by} has a call of it that is as long",),
        )

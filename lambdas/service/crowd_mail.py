"""The crowd's mail: what one trusted actor did in a short time, a line for each change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lambdas.model.finding import Finding
from lambdas.model.incident import Incident
from lambdas.model.mail import Mail
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.service.mails import subject_line
from lambdas.service.wording import shown

MOST_LINES = 200
"""Changes that have a line: the records hold all."""

_NEXT = (
    "Ask whoever runs the actor whether it was deploying then, and these changes with it.",
    "If not: end its sessions, see how it was used, and take back what it did by hand.",
)

_AFTER_DEPLOYMENT = (
    "Ask whoever deploys Snapback whether this was a deployment of theirs.",
    "If not: somebody has the deploying role. End its sessions, and ask `snapback doctor`.",
    "It says what was changed; `snapback deploy --revert-drift` puts back what is deployed.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is told of one incident; its texts are safe for a mail."""

    id: str
    at: datetime
    account: str
    severity: Severity
    actor: str
    call: str
    subject: str
    says: str


def line(incident: Incident) -> Line:
    """What is told of an incident whose alert was put off."""
    change, verdict = incident.change, incident.verdict
    reasons: tuple[Finding | Problem, ...] = (*verdict.findings, *verdict.problems)
    return Line(
        id=shown(incident.id),
        at=change.at,
        account=shown(change.account, 20),
        severity=verdict.severity,
        actor=shown(change.actor.name),
        call=shown(change.call),
        subject=shown(str(change.subject)) if change.subject else "an unknown target",
        says=shown(max(reasons, key=lambda reason: reason.severity).says),
    )


def crowd_mail(actor: str, lines: Sequence[Line], lost: Sequence[str]) -> Mail:
    """The mail about an actor's changes, the worst first; ``lost`` cannot be read any more."""
    worst = max((each.severity for each in lines), default=Severity.HIGH)
    label = str(worst).upper()
    count = f"{len(lines) + len(lost)} changes by {shown(actor)}"
    account = lines[0].account if lines else "not known"
    body = (
        f"{label}: {count}, which is listed in trustedActors, are told together, because it made",
        "more than ten that are worth a mail within ten minutes: the first ten have mails of their",
        "own. None of these was undone.",
        "",
        *_told(lines),
        *(f"  - incident {shown(each)} cannot be read any more" for each in lost[:MOST_LINES]),
        "",
        "WHAT TO DO NEXT",
        *(f"  - {step}" for step in _NEXT),
    )
    name = actor.rpartition("/")[2]
    headline = f"{len(lines) + len(lost)} changes by trusted actor {shown(name)}"
    return Mail(subject_line(label, headline, account), "\n".join(body) + "\n")


def deployment_mail(lines: Sequence[Line], lost: Sequence[str]) -> Mail:
    """The mail about a deployment of Snapback: who it was, and each part that it changed."""
    actors = ", ".join(sorted({each.actor for each in lines})) or "an actor that is not known"
    account = lines[0].account if lines else "not known"
    count = len(lines) + len(lost)
    body = (
        f"Snapback was redeployed by {actors}: {count} changes of its own parts are told together,",
        "because their actors are listed in deployActors. None of these was undone.",
        "",
        *_told(lines),
        *(f"  - incident {shown(each)} cannot be read any more" for each in lost[:MOST_LINES]),
        "",
        "WHAT TO DO NEXT",
        *(f"  - {step}" for step in _AFTER_DEPLOYMENT),
    )
    return Mail(
        subject_line("REDEPLOYED", f"Snapback was redeployed by {actors}", account),
        "\n".join(body) + "\n",
    )


def _told(lines: Sequence[Line]) -> Iterator[str]:
    ordered = sorted(lines, key=lambda each: (-each.severity, each.at))
    for each in ordered[:MOST_LINES]:
        yield (
            f"  - {str(each.severity).upper()}, {each.at:%Y-%m-%d %H:%M:%S} UTC: {each.call} on"
            f" {each.subject}: {each.says} (incident {each.id})"
        )
    rest = ordered[MOST_LINES:]
    if rest:
        yield (
            f"  and {len(rest)} more of severity {rest[0].severity} or less,"
            " in the incidents' records"
        )

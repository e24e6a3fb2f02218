"""Asking: incidents listed, and one shown whole."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from lambdas.model.actor import Actor
from lambdas.model.incident import Incident
from lambdas.model.revert import Irreversible
from lambdas.service.deciding.job import Answer, Deciding, Question, incident_of, seconds
from lambdas.service.mails import alert_mail, outcome_mail
from lambdas.service.ports import UnreadableItemError

LONGEST = timedelta(days=366)
MOST = 500
"""Incidents in one answer."""


def incidents(question: Question, _: Actor, of: Deciding) -> Answer:
    """The incidents of the last so many seconds, the newest first."""
    now = of.clock.now()
    ids = of.decisions.incidents(now - seconds(question, "seconds", LONGEST), now)
    found = [*islice(_summaries(ids, of), MOST + 1)]
    return {"incidents": found[:MOST], "more": len(found) > MOST}


def show(question: Question, _: Actor, of: Deciding) -> Answer:
    """One incident with its mails, the calls that undo it, and what people did about it."""
    incident = incident_of(question, of)
    mails = [alert_mail(incident).body]
    if incident.outcome is not None:
        mails.append(outcome_mail(incident, incident.outcome).body)
    revert = incident.revert
    return {
        **_summary(incident),
        "held": incident.held,
        "findings": [
            {
                "rule": each.rule,
                "says": each.says,
                "severity": str(each.severity),
                "certainty": str(each.certainty),
                "because": list(each.because),
                "given": list(each.given),
                "accepted": each.accepted,
            }
            for each in incident.verdict.findings
        ],
        "problems": [problem.says for problem in incident.verdict.problems],
        "affected": [str(each) for each in incident.affected],
        "revert": {"reason": revert.reason}
        if isinstance(revert, Irreversible)
        else {"commands": [call.command() for call in revert]},
        "notes": [
            {"at": each.at.isoformat(), "by": each.by, "says": each.says}
            for each in of.decisions.notes(incident.id)
        ],
        "mails": mails,
    }


def _summaries(ids: Any, of: Deciding) -> Iterator[Answer]:
    for incident_id in ids:
        try:
            incident = of.records.incident(incident_id)
        except UnreadableItemError as error:
            yield {"id": incident_id, "unreadable": str(error)}
        else:
            if incident is not None:
                yield _summary(incident)


def _summary(incident: Incident) -> Answer:
    change, outcome = incident.change, incident.outcome
    worst = max(incident.verdict.findings, key=lambda each: each.severity, default=None)
    return {
        "id": incident.id,
        "at": change.at.isoformat(),
        "severity": str(incident.verdict.severity),
        "account": change.account,
        "region": change.region,
        "call": change.call,
        "subject": str(change.subject) if change.subject else None,
        "actor": change.actor.name,
        "says": worst.says if worst else None,
        "alert": str(incident.alert),
        "undoes": incident.undoes,
        "outcome": {
            "ending": str(outcome.ending),
            "says": outcome.says,
            "at": outcome.at.isoformat(),
            "commands": list(outcome.commands),
        }
        if outcome
        else None,
    }

"""evaluate_change: an EventBridge event in, an incident told and recorded."""

import os
from typing import Any

from lambdas.aws.events import Ignored, parse
from lambdas.aws.feeding import feeds
from lambdas.aws.wiring import evaluation
from lambdas.handlers.reporting import count, logger, reported, timed
from lambdas.model.incident import Incident, incident_id
from lambdas.model.measure import VERDICTS, Measure
from lambdas.service.canary import carried
from lambdas.service.evaluate import evaluate
from lambdas.settings import from_environ

_given = from_environ(os.environ)
_evaluation = evaluation(_given)


@reported
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Judge one event; what raises is tried again and then kept in the dead-letter queue."""
    count(Measure.RECEIVED)
    change = parse(event, _given.own, feeds)
    if isinstance(change, Ignored):
        logger.append_keys(event_id=change.event_id, call=change.call)
        return _said(Measure.IGNORED, {"ignored": change.reason})
    timed(Measure.EVENT_TO_ARRIVAL, change.at, _evaluation.clock.now())
    known = incident_id(change.event_id, change.at)
    logger.append_keys(incident=known, event_id=change.event_id, call=change.call)
    incident = evaluate(change, _evaluation)
    if incident is None:
        return _said(Measure.DUPLICATES, {"ignored": "duplicate"})
    _measured(incident)
    if carried(change, _given.canary) is not None:
        count(Measure.CANARIES)
    logger.append_keys(actor=str(change.actor), subject=str(change.subject))
    return _said(
        Measure.JUDGED,
        {
            "incident": incident.id,
            "severity": str(incident.verdict.severity),
            "findings": [finding.rule for finding in incident.verdict.findings],
            "alert": str(incident.alert),
            "undo": incident.undoes,
            "held": incident.held,
        },
    )


def _measured(incident: Incident) -> None:
    count(VERDICTS[incident.verdict.severity])
    if incident.alerted is not None:
        timed(Measure.EVENT_TO_ALERT, incident.change.at, incident.alerted)


def _said(measure: Measure, answer: dict[str, Any]) -> dict[str, Any]:
    count(measure)
    logger.info(measure.lower(), **answer)
    return answer

"""evaluate_change: an EventBridge event in, an incident told and recorded."""

import os
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from lambdas.aws.events import Ignored, parse
from lambdas.aws.feeding import feeds
from lambdas.aws.wiring import evaluation
from lambdas.service.evaluate import evaluate
from lambdas.settings import from_environ

logger = Logger()
metrics = Metrics()
_given = from_environ(os.environ)
_evaluation = evaluation(_given)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Judge one event; what raises is tried again and then kept in the dead-letter queue."""
    metrics.add_metric(name="Received", unit=MetricUnit.Count, value=1)
    change = parse(event, _given.own, feeds)
    if isinstance(change, Ignored):
        return _said("Ignored", {"ignored": change.reason})
    logger.append_keys(event_id=change.event_id, call=change.call)
    incident = evaluate(change, _evaluation)
    if incident is None:
        return _said("Duplicates", {"ignored": "duplicate"})
    logger.append_keys(incident=incident.id)
    return _said(
        "Judged",
        {
            "incident": incident.id,
            "severity": str(incident.verdict.severity),
            "findings": [finding.rule for finding in incident.verdict.findings],
            "alert": str(incident.alert),
            "undo": incident.undoes,
            "held": incident.held,
        },
    )


def _said(metric: str, answer: dict[str, Any]) -> dict[str, Any]:
    metrics.add_metric(name=metric, unit=MetricUnit.Count, value=1)
    logger.info(metric.lower(), **answer)
    return answer

"""undo_change: messages of the undo queue in, the changes they name undone."""

import os
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)

from lambdas.aws.undos import requested
from lambdas.aws.wiring import undoing
from lambdas.service.undo import undo
from lambdas.settings import UNDO_TRIES, from_environ

logger = Logger()
metrics = Metrics()
_given = from_environ(os.environ)
_processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> Any:
    """Undo what each message names; a message that fails stays in the queue."""
    metrics.add_metric(name="UndosAsked", unit=MetricUnit.Count, value=len(event["Records"]))
    return process_partial_response(event, _undone, _processor, context)


def _undone(record: dict[str, Any]) -> None:
    tries = int(record["attributes"]["ApproximateReceiveCount"])
    try:
        asked, _ = requested(record["body"])
        incident = undo(asked, undoing(_given, last_try=tries >= UNDO_TRIES))
    except Exception:
        logger.exception("the undo did not come to an end", tries=tries)
        raise
    if incident is not None and incident.outcome is not None:
        logger.info("undone", incident=incident.id, outcome=str(incident.outcome.ending))

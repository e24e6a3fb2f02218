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
from lambdas.aws.wiring import retrying, undoing
from lambdas.service.look import look
from lambdas.service.undo import undo
from lambdas.settings import UNDO_TRIES, from_environ

RETRIES = (2, 5, 15, 45, 120)
"""Seconds after which a failed message is handed out again, longer than a lease in all: IAM refuses
to change some of what was just made, such as a password, for a minute or two.

A message that nobody gives back stays hidden for six times the function's time-out.
"""

logger = Logger()
metrics = Metrics()
_given = from_environ(os.environ)
_processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> Any:
    """Undo what each message names; a message that fails is soon handed out again."""
    metrics.add_metric(name="UndosAsked", unit=MetricUnit.Count, value=len(event["Records"]))
    return process_partial_response(event, _undone, _processor, context)


def _undone(record: dict[str, Any]) -> None:
    tries = int(record["attributes"]["ApproximateReceiveCount"])
    try:
        _worked(*requested(record["body"]), last_try=tries >= UNDO_TRIES)
    except Exception:
        logger.exception("the undo did not come to an end", tries=tries)
        retrying(_given).again(record["receiptHandle"], RETRIES[min(tries, len(RETRIES)) - 1])
        raise


def _worked(incident_id: str, number: int, *, last_try: bool) -> None:
    """Undo a change, or look again at what was undone."""
    of = undoing(_given, last_try=last_try)
    incident = look(incident_id, number, of) if number else undo(incident_id, of)
    if incident is not None and incident.outcome is not None:
        ending = str(incident.outcome.ending)
        logger.info("undone", incident=incident.id, outcome=ending, look=number)

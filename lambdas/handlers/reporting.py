"""Reporting: what a function logs and measures, with the incident's id on each of its lines."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from lambdas.model.measure import TIMES, Measure

Handler = Callable[[dict[str, Any], Any], Any]

logger = Logger()
metrics = Metrics()


def reported(handler: Handler) -> Handler:
    """A handler whose lines and metrics carry its request, and that says by itself what it raises.

    What the handler has added to the logger's keys stands on that line, too: Lambda's own line
    about an exception knows of no incident. Events are never logged: they hold what people sent.
    """

    @logger.inject_lambda_context(clear_state=True)
    @metrics.log_metrics
    @wraps(handler)
    def reporting(event: dict[str, Any], context: Any) -> Any:
        try:
            return handler(event, context)
        except Exception:
            logger.exception("failed")
            raise

    return reporting


def count(measure: Measure, value: int = 1) -> None:
    """Add to a count."""
    metrics.add_metric(name=measure, unit=MetricUnit.Count, value=value)


def timed(measure: Measure, begin: datetime, end: datetime) -> None:
    """Add a time; events have a resolution of a second, and clocks differ, so none is below 0.

    Raises:
        ValueError: the measure is a count.
    """
    if measure not in TIMES:
        raise ValueError(f"{measure} is no time")
    milliseconds = max(0.0, (end - begin).total_seconds() * 1000)
    metrics.add_metric(name=measure, unit=MetricUnit.Milliseconds, value=milliseconds)

"""watch: each minute, whether the sensor still works."""

import os
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from lambdas.aws.wiring import watching
from lambdas.model.check import Health
from lambdas.service.watch import watch
from lambdas.settings import from_environ

logger = Logger()
metrics = Metrics()
_given = from_environ(os.environ)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Look once; only a run that came to its end is a heartbeat."""
    watched = watch(watching(_given))
    faults = [check.name for check in watched.checks if check.state is not Health.OK]
    metrics.add_metric(name="Heartbeat", unit=MetricUnit.Count, value=1)
    metrics.add_metric(name="Faults", unit=MetricUnit.Count, value=len(faults))
    answer: dict[str, Any] = {"faults": faults, "alertsSent": watched.alerts_sent}
    logger.info("watched", **answer)
    return answer

"""sweep: the whole account read and told of, after deployment, each hour and on demand."""

import os
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from lambdas.aws.sweeps import seconds_to_wait
from lambdas.aws.wiring import sweeping
from lambdas.service.sweep import sweep
from lambdas.settings import from_environ

logger = Logger()
metrics = Metrics()
_sweeping = sweeping(from_environ(os.environ))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Read the account, whatever asked for it."""
    metrics.add_metric(name="Sweeps", unit=MetricUnit.Count, value=1)
    swept = sweep(_sweeping, after=seconds_to_wait(event))
    if swept is None:
        logger.info("needless")
        return {"needless": "another sweep has read the account since"}
    metrics.add_metric(name="SubjectsSwept", unit=MetricUnit.Count, value=swept.subjects)
    metrics.add_metric(name="Unannounced", unit=MetricUnit.Count, value=swept.unannounced)
    answer: dict[str, Any] = {
        "subjects": swept.subjects,
        "alertsSent": swept.alerts_sent,
        "unannounced": swept.unannounced,
        "standing": swept.standing,
        "digested": swept.digested,
    }
    logger.info("swept", **answer)
    return answer

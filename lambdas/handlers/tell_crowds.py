"""tell_crowds: what many changes of a trusted actor were gathered, told when it is due."""

import os
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from lambdas.aws.wiring import telling
from lambdas.service.crowds import send_crowds
from lambdas.settings import from_environ

logger = Logger()
metrics = Metrics()
_telling = telling(from_environ(os.environ))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(_event: dict[str, Any], _context: object) -> dict[str, int]:
    """Send what is due; what raises is tried again."""
    told = send_crowds(*_telling)
    metrics.add_metric(name="ToldTogether", unit=MetricUnit.Count, value=told)
    logger.info("told", incidents=told)
    return {"told": told}

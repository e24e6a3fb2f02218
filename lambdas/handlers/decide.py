"""decide: what a person asks of Snapback, answered, with who asked proven."""

import json
import os
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from lambdas.aws import clients
from lambdas.aws.callers import UnprovenError, caller
from lambdas.aws.wiring import deciding
from lambdas.service.deciding import RefusedError, decide
from lambdas.settings import from_environ

logger = Logger()
metrics = Metrics()
_given = from_environ(os.environ)
_deciding = deciding(_given)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one question; a refusal is an answer, too."""
    metrics.add_metric(name="Decisions", unit=MetricUnit.Count, value=1)
    try:
        by = caller(event["asked"], event["proof"], clients.sts(), _given.account)
        question = json.loads(event["asked"])
        answer = decide(question, by, _deciding)
    except (RefusedError, UnprovenError) as error:
        logger.info("refused", reason=str(error))
        return {"refused": str(error)}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        logger.exception("malformed")
        return {"refused": f"the question is malformed: {error!r}"}
    logger.info("decided", did=question["do"], by=str(by), incident=question.get("incident"))
    return answer

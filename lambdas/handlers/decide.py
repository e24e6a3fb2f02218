"""decide: what a person asks of Snapback, answered, with who asked proven."""

import json
import os
from typing import Any

from lambdas.aws import clients
from lambdas.aws.callers import UnprovenError, caller
from lambdas.aws.wiring import deciding
from lambdas.handlers.reporting import count, logger, reported
from lambdas.model.measure import Measure
from lambdas.service.deciding import RefusedError, decide
from lambdas.settings import from_environ

_given = from_environ(os.environ)
_deciding = deciding(_given)


@reported
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one question; a refusal is an answer, too."""
    count(Measure.DECISIONS)
    try:
        by = caller(event["asked"], event["proof"], clients.sts(), _given.account)
        question = json.loads(event["asked"])
        logger.append_keys(incident=question.get("incident"), did=question["do"], by=str(by))
        answer = decide(question, by, _deciding)
    except (RefusedError, UnprovenError) as error:
        logger.info("refused", reason=str(error))
        return {"refused": str(error)}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        logger.exception("malformed")
        return {"refused": f"the question is malformed: {error!r}"}
    logger.info("decided")
    return answer

"""sweep: the whole account read and told of, after deployment, each hour and on demand."""

import os
from typing import Any

from lambdas.aws.sweeps import seconds_to_wait
from lambdas.aws.wiring import sweeping
from lambdas.handlers.reporting import count, logger, reported
from lambdas.model.measure import Measure
from lambdas.service.sweep import sweep
from lambdas.settings import from_environ

_sweeping = sweeping(from_environ(os.environ))


@reported
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Read the account, whatever asked for it."""
    count(Measure.SWEEPS)
    swept = sweep(_sweeping, after=seconds_to_wait(event))
    if swept is None:
        logger.info("needless")
        return {"needless": "another sweep has read the account since"}
    count(Measure.SUBJECTS_SWEPT, swept.subjects)
    count(Measure.UNANNOUNCED, swept.unannounced)
    count(Measure.OWED_SENT, swept.alerts_sent)
    answer: dict[str, Any] = {
        "subjects": swept.subjects,
        "alertsSent": swept.alerts_sent,
        "unannounced": swept.unannounced,
        "standing": swept.standing,
        "digested": swept.digested,
    }
    logger.info("swept", **answer)
    return answer

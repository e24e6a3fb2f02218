"""watch: each minute, whether the sensor still works."""

import os
from typing import Any

from lambdas.aws import clients
from lambdas.aws.heartbeat import UnreportedError, report
from lambdas.aws.wiring import watching
from lambdas.handlers.reporting import count, logger, reported
from lambdas.model.check import Health
from lambdas.model.measure import Measure
from lambdas.service.watch import watch
from lambdas.settings import from_environ

_given = from_environ(os.environ)


@reported
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Look once; only a run that came to its end is a heartbeat."""
    watched = watch(watching(_given))
    faults = [check.name for check in watched.checks if check.state is not Health.OK]
    count(Measure.HEARTBEAT)
    count(Measure.FAULTS, len(faults))
    if watched.good and _given.settings.heartbeat_url is not None:
        _report(_given.settings.heartbeat_url)
    answer: dict[str, Any] = {"faults": faults, "alertsSent": watched.alerts_sent}
    logger.info("watched", **answer)
    return answer


def _report(parameter: str) -> None:
    """Report a good minute outside; that it fails is no fault of the clock's."""
    try:
        report(clients.ssm(), parameter)
    except UnreportedError as error:
        count(Measure.UNREPORTED)
        logger.warning("unreported", reason=str(error))

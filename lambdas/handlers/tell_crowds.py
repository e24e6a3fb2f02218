"""tell_crowds: what many changes of a trusted actor were gathered, told when it is due."""

import os
from typing import Any

from lambdas.aws.wiring import telling
from lambdas.handlers.reporting import count, logger, reported
from lambdas.model.measure import Measure
from lambdas.service.crowds import send_crowds
from lambdas.settings import from_environ

_telling = telling(from_environ(os.environ))


@reported
def handler(_event: dict[str, Any], _context: object) -> dict[str, int]:
    """Send what is due; what raises is tried again."""
    told = send_crowds(*_telling)
    count(Measure.TOLD_TOGETHER, told)
    logger.info("told", incidents=told)
    return {"told": told}

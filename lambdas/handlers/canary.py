"""canary: each day a harmless change, which the evaluating function must hear of."""

import os
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger

from lambdas.aws import clients
from lambdas.aws.canaries import fly

logger = Logger()
_POLICY = os.environ["CANARY_POLICY_ARN"]


@logger.inject_lambda_context(clear_state=True)
def handler(_event: dict[str, Any], _context: object) -> dict[str, str]:
    """Fly once; what raises is tried again."""
    flown = fly(clients.iam(), _POLICY, datetime.now(UTC))
    logger.info("flown", canary=flown)
    return {"flown": flown}

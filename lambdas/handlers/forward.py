"""forward: what this account's topic mails, sent on to the organisation's central bus."""

import os
from typing import Any

from aws_lambda_powertools import Logger

from lambdas.aws import clients
from lambdas.aws.central import forward

logger = Logger()
_BUS = os.environ["CENTRAL_BUS_ARN"]


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: object) -> dict[str, int]:
    """Send on each mail; what raises is tried again."""
    sent = forward(clients.events(clients.region()), _BUS, event["Records"])
    logger.info("forwarded", mails=sent)
    return {"forwarded": sent}

"""tell_centrally: what the accounts of the organisation have forwarded, mailed to its team."""

import os
from typing import Any

from aws_lambda_powertools import Logger

from lambdas.aws import clients
from lambdas.aws.central import mail

logger = Logger()
_TOPIC = os.environ["TOPIC_ARN"]


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Mail one event; what raises is tried again."""
    subject, body = mail(event)
    clients.sns().publish(TopicArn=_TOPIC, Subject=subject, Message=body)
    logger.info("told", account=event["account"])
    return {"told": event["account"]}

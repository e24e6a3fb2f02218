"""tell_centrally: what the accounts of the organisation have forwarded, mailed to its team."""

import os
from typing import Any

from aws_lambda_powertools import Logger

from lambdas.aws import clients
from lambdas.aws.alerts import TopicAlerts
from lambdas.aws.central import MalformedMailError, forwarded
from lambdas.aws.clock import WallClock
from lambdas.model.forwarded import Forwarded
from lambdas.service.ports import AlertNotSentError
from lambdas.service.telling_centrally import tell

logger = Logger()
_TOPIC = os.environ["TOPIC_ARN"]


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Mail a batch of the central queue; what is named in the answer is handed out again.

    Raises:
        AlertNotSentError: nothing of what could be read was sent: an error, which has an alarm.
    """
    mails, malformed = _read(event["Records"])
    untold = tell(mails, TopicAlerts(clients.sns(), _TOPIC), WallClock())
    told = {each.account for key, each in mails.items() if key not in untold}
    logger.info("told", mails=len(mails) - len(untold), accounts=sorted(told))
    for key, why in {**malformed, **untold}.items():
        logger.error("not told", of_message=key, why=why)
    if mails and not told:
        raise AlertNotSentError(f"none of {len(mails)} mails could be sent")
    return {"batchItemFailures": [{"itemIdentifier": key} for key in (*malformed, *untold)]}


def _read(records: list[dict[str, Any]]) -> tuple[dict[str, Forwarded], dict[str, str]]:
    """The mails by the ids of their messages, and why others are none."""
    mails: dict[str, Forwarded] = {}
    malformed: dict[str, str] = {}
    for record in records:
        try:
            mails[record["messageId"]] = forwarded(record["body"])
        except MalformedMailError as error:
            malformed[record["messageId"]] = str(error)
    return mails, malformed

"""Batches: a queue's messages as a function gets them, and which of them it has handled."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from sandbox.runtime_api import Outcome


def unhandled(
    messages: list[dict[str, Any]], outcome: Outcome, response_types: list[str]
) -> set[str]:
    """The ids of the messages that count as not handled.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    everything = {message["MessageId"] for message in messages}
    if outcome.error is not None:
        return everything
    if "ReportBatchItemFailures" not in response_types:
        return set()
    answer = json.loads(outcome.payload or b"null")
    reported = answer.get("batchItemFailures") if isinstance(answer, dict) else None
    if not reported:
        return set()
    try:
        named = {item["itemIdentifier"] for item in reported}
    except (TypeError, KeyError):
        return everything
    unknown = named - everything
    return everything if unknown else named


def record(message: Mapping[str, Any], queue_arn: str) -> dict[str, Any]:
    """A message as the function is given it.

    https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
    """
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {
            name: _attribute(value) for name, value in message.get("MessageAttributes", {}).items()
        },
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": queue_arn.split(":")[3],
    }


def _attribute(value: Mapping[str, Any]) -> dict[str, Any]:
    binary = value.get("BinaryValue")
    return {
        "stringValue": value.get("StringValue"),
        "binaryValue": None if binary is None else base64.b64encode(binary).decode(),
        "stringListValues": [],
        "binaryListValues": [],
        "dataType": value["DataType"],
    }

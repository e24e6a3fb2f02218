import json
from typing import Any

import pytest

from sandbox.batches import record, unhandled
from sandbox.runtime_api import Outcome

MESSAGES = [{"MessageId": "a"}, {"MessageId": "b"}]
REPORTING = ["ReportBatchItemFailures"]


def answer(*ids: Any) -> Any:
    return json.dumps({"batchItemFailures": [{"itemIdentifier": i} for i in ids]}).encode()


CASES = {
    "a good answer": (Outcome(b"{}"), [], set()),
    "no failure reported": (Outcome(answer()), REPORTING, set()),
    "nothing answered": (Outcome(b"null"), REPORTING, set()),
    "an empty answer": (Outcome(b""), REPORTING, set()),
    "a report that the mapping does not ask for": (Outcome(answer("a")), [], set()),
    "one of two": (Outcome(answer("b")), REPORTING, {"b"}),
    "an unknown one means all": (Outcome(answer("z")), REPORTING, {"a", "b"}),
    "an unreadable report means all": (
        Outcome(b'{"batchItemFailures": [{}]}'),
        REPORTING,
        {"a", "b"},
    ),
    "an error means all": (Outcome(b"{}", "ValueError"), REPORTING, {"a", "b"}),
}


@pytest.mark.parametrize(("outcome", "types", "failed"), CASES.values(), ids=CASES.keys())
def test_unhandled(outcome: Any, types: Any, failed: Any) -> None:
    assert unhandled(MESSAGES, outcome, types) == failed


def test_a_message_is_spelled_as_lambda_does() -> None:
    message = {
        "MessageId": "a",
        "ReceiptHandle": "h",
        "Body": "text",
        "MD5OfBody": "m",
        "Attributes": {"ApproximateReceiveCount": "1"},
        "MessageAttributes": {"k": {"DataType": "Binary", "BinaryValue": b"x"}},
    }
    made = record(message, "arn:aws:sqs:eu-west-1:123456789012:q")
    assert (made["body"], made["awsRegion"], made["eventSource"]) == (
        "text",
        "eu-west-1",
        "aws:sqs",
    )
    assert made["messageAttributes"]["k"]["binaryValue"] == "eA=="

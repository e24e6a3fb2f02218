from typing import Any

import pytest

from sandbox.envelope import UnwrappableRecordError, wrap

RECORD = {
    "eventSource": "iam.amazonaws.com",
    "eventTime": "2026-01-02T03:04:05Z",
    "awsRegion": "us-east-1",
    "recipientAccountId": "210987654321",
    "eventType": "AwsApiCall",
}
WRAPPED = {
    "the source is the service's short name": ({}, "source", "aws.iam"),
    "the account is the recipient's": ({}, "account", "210987654321"),
    "the time is the record's": ({}, "time", "2026-01-02T03:04:05Z"),
    "a call": ({}, "detail-type", "AWS API Call via CloudTrail"),
    "a sign-in": (
        {"eventType": "AwsConsoleSignIn"},
        "detail-type",
        "AWS Console Sign In via CloudTrail",
    ),
    "a service's own event": (
        {"eventType": "AwsServiceEvent"},
        "detail-type",
        "AWS Service Event via CloudTrail",
    ),
    "without a recipient it is ours": ({"recipientAccountId": None}, "account", "123456789012"),
    "without a region it is ours": ({"awsRegion": None}, "region", "eu-west-1"),
}


@pytest.mark.parametrize(("change", "field", "value"), WRAPPED.values(), ids=WRAPPED.keys())
def test_wrap(change: Any, field: str, value: Any) -> None:
    assert wrap({**RECORD, **change}, account="123456789012", region="eu-west-1")[field] == value


def test_the_record_is_the_detail() -> None:
    assert wrap(RECORD, account="1", region="x")["detail"] == RECORD


UNWRAPPABLE = {
    "no source": ({"eventSource": None}, "eventSource is missing"),
    "a source of nobody": ({"eventSource": "iam"}, "no event source"),
    "an unknown type": ({"eventType": "AwsDream"}, "no type"),
    "a type that is no text": ({"eventType": []}, "no type"),
}


@pytest.mark.parametrize(("change", "said"), UNWRAPPABLE.values(), ids=UNWRAPPABLE.keys())
def test_unwrappable(change: Any, said: str) -> None:
    with pytest.raises(UnwrappableRecordError, match=said):
        wrap({**RECORD, **change}, account="1", region="x")

"""Envelopes: a CloudTrail record, as EventBridge hands it to its rules.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
"""

import uuid
from collections.abc import Mapping
from typing import Any

_DETAIL_TYPES: Mapping[str, str] = {
    "AwsApiCall": "AWS API Call via CloudTrail",
    "AwsConsoleSignIn": "AWS Console Sign In via CloudTrail",
    "AwsServiceEvent": "AWS Service Event via CloudTrail",
    "AwsConsoleAction": "AWS Console Action via CloudTrail",
    "AwsVpceEvent": "AWS API Call via CloudTrail",
}


class UnwrappableRecordError(ValueError):
    """No envelope can be made: the record lacks its source, or its kind is unknown."""


def wrap(record: Mapping[str, Any], *, account: str, region: str) -> dict[str, Any]:
    """The EventBridge event that carries a CloudTrail record.

    Args:
        record: as CloudTrail writes it into a trail's files.
        account: taken where the record does not say to whom it was delivered.
        region: taken where the record names none.

    Raises:
        UnwrappableRecordError: the record names no event source, or is of an unknown type.
    """
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": _detail_type(record),
        "source": _source(record),
        "account": record.get("recipientAccountId") or account,
        "time": record.get("eventTime", ""),
        "region": record.get("awsRegion") or region,
        "resources": [],
        "detail": dict(record),
    }


def _detail_type(record: Mapping[str, Any]) -> str:
    kind = record.get("eventType", "AwsApiCall")
    if not isinstance(kind, str) or kind not in _DETAIL_TYPES:
        raise UnwrappableRecordError(f"{kind!r} is no type of CloudTrail record")
    return _DETAIL_TYPES[kind]


def _source(record: Mapping[str, Any]) -> str:
    """`iam.amazonaws.com` comes from `aws.iam`."""
    host = record.get("eventSource")
    if host is None:
        raise UnwrappableRecordError("eventSource is missing")
    if not isinstance(host, str) or not host.endswith(".amazonaws.com"):
        raise UnwrappableRecordError(f"{host!r} is no event source")
    return "aws." + host.removesuffix(".amazonaws.com")

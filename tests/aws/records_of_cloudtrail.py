"""A CloudTrail record of our own, and what hypothesis makes of it."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "cases" / "events"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return found


def named(case: dict[str, Any]) -> str:
    return str(case["id"])


def record(**changed: Any) -> dict[str, Any]:
    """The record of an AttachUserPolicy call."""
    return {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "IAMUser",
            "principalId": "AIDAEXAMPLE",
            "arn": "arn:aws:iam::123456789012:user/mallory",
            "accountId": "123456789012",
            "userName": "mallory",
        },
        "eventTime": "2026-03-01T12:00:05Z",
        "eventSource": "iam.amazonaws.com",
        "eventName": "AttachUserPolicy",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "192.0.2.10",
        "userAgent": "aws-cli/2",
        "requestParameters": {
            "userName": "alice",
            "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
        },
        "responseElements": None,
        "requestID": "r-1",
        "eventID": "e-1",
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": "123456789012",
        "eventCategory": "Management",
        **changed,
    }


def event(detail: Any, **changed: Any) -> dict[str, Any]:
    """The EventBridge event around a record; its own fields differ from the record's."""
    return {
        "version": "0",
        "id": "envelope-1",
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws.iam",
        "account": "210987654321",
        "time": "2026-03-01T12:00:09Z",
        "region": "us-west-2",
        "resources": [],
        "detail": detail,
        **changed,
    }


def without(found: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in names}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=4,
)
FIELDS = tuple(record()) + tuple(event({})) + ("errorCode", "errorMessage")
ODD = JSON | st.sampled_from(
    ["iam.amazonaws.com", "cloudtrail.amazonaws.com", "StopLogging", "PutUserPolicy", "true", ""]
)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A good event of which any field is dropped, or replaced by any JSON value."""
    detail = record(eventName=draw(st.sampled_from(["AttachUserPolicy", "PutUserPolicy", "X"])))
    made = event(detail)
    for target in (made, detail):
        for name in draw(st.lists(st.sampled_from(sorted(target)), max_size=3)):
            target.pop(name, None)
        target.update(draw(st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=3)))
    return made

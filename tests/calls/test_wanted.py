"""Wanted: the noisy services' watches, against events as EventBridge would match them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from lambdas.calls import CATALOG
from lambdas.calls.wanted import LONGEST, Wanted, wanted
from lambdas.calls.watched import WatchedCall
from lambdas.model.family import Family
from lambdas.model.subject import Kind
from sandbox.pattern import matches
from sandbox.pattern_check import check
from tests.calls.cases import cases, named

KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"
MAPPING = "14e0db71-5d35-4eb5-b481-8945cf9d10c2"
IDS = {Kind.KEY: [KEY], Kind.MAPPING: [MAPPING]}
WATCHES = [*wanted(CATALOG.values(), stack="Snapback", ids=IDS)]
OURS = [
    each
    for each in cases("parsed")
    if each[0].family is Family.SELF and each[1]["id"] != "none of which is ours"
]
ELSEWHERE = {
    "another function's code": ("lambda", "UpdateFunctionCode20150331v2", {"functionName": "pay"}),
    "another rule": ("events", "PutRule", {"name": "nightly"}),
    "another topic": ("sns", "Subscribe", {"topicArn": "arn:aws:sns:us-east-1:1:orders"}),
    "another queue": ("sqs", "PurgeQueue", {"queueUrl": "https://sqs/1/orders"}),
    "another stack": ("cloudformation", "DeleteStack", {"stackName": "shop"}),
    "another mapping": ("lambda", "DeleteEventSourceMapping20150331", {"uUID": "other"}),
    "a stream of our log": (
        "logs",
        "CreateLogStream",
        {"logGroupName": "Snapback-EvaluateLog", "logStreamName": "s"},
    ),
    "a sensor that is read": ("guardduty", "GetDetector", {"detectorId": "12ab"}),
    "a bucket made": ("s3", "CreateBucket", {"bucketName": "photos"}),
    "a key used": ("kms", "GenerateDataKey", {"keyId": KEY}),
}


def event(service: str, name: str, parameters: Any, **changed: Any) -> dict[str, Any]:
    return {
        "eventSource": f"{service}.amazonaws.com",
        "eventName": name,
        "managementEvent": True,
        "userIdentity": {"type": "IAMUser"},
        "requestParameters": parameters,
        **changed,
    }


def taking(detail: dict[str, Any]) -> Iterator[Wanted]:
    for each in WATCHES:
        if matches(each.detail, detail):
            yield each


@pytest.mark.parametrize("call", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_not_ours_wakes_nobody(call: Any) -> None:
    assert [*taking(event(*call))] == []


def test_an_invocation_of_ours_wakes_nobody() -> None:
    invoked = event("lambda", "Invoke", {"functionName": "Snapback-Evaluate"})
    assert [*taking({**invoked, "managementEvent": False})] == []


def test_a_grant_that_a_service_makes_on_another_key_wakes_nobody() -> None:
    by = {"type": "AssumedRole", "invokedBy": "rds.amazonaws.com"}
    assert [*taking(event("kms", "CreateGrant", {"keyId": "other"}, userIdentity=by))] == []


@pytest.mark.parametrize("name", [KEY, f"arn:aws:kms:us-east-1:123456789012:key/{KEY}"])
def test_a_grant_on_our_key_is_taken_whoever_makes_it(name: str) -> None:
    by = {"type": "AssumedRole", "invokedBy": "rds.amazonaws.com"}
    [watch] = taking(event("kms", "CreateGrant", {"keyId": name}, userIdentity=by))
    assert watch.name == "keys"


@pytest.mark.parametrize("found", OURS, ids=named)
def test_every_call_on_ours_is_taken_by_one_watch(found: tuple[WatchedCall, Any]) -> None:
    entry, case = found
    service = entry.source.partition(".")[0]
    [watch] = taking(event(service, entry.name, case["parameters"]))
    assert f"aws.{service}" in watch.services


def test_a_new_call_on_ours_is_taken_too() -> None:
    [watch] = taking(event("lambda", "PutFunctionNovelty", {"functionName": "Snapback-Evaluate"}))
    assert watch.name == "own-computing"


@pytest.mark.parametrize("watch", WATCHES, ids=lambda watch: watch.name)
def test_a_pattern_is_valid_and_short_enough(watch: Wanted) -> None:
    whole = {
        "account": ["123456789012"],
        "detail": watch.detail,
        "detail-type": ["AWS API Call via CloudTrail"],
        "source": [*watch.services],
    }
    check(whole, watch.name)
    assert len(json.dumps(whole)) < LONGEST


def test_a_stack_of_another_name_has_its_parts_watched() -> None:
    watches = wanted(CATALOG.values(), stack="Guard", ids={})
    detail = event("events", "DisableRule", {"name": "Guard-WatchesChanges"})
    assert [each.name for each in watches if matches(each.detail, detail)] == ["own-computing"]

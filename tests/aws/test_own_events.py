"""Events about Snapback itself: told from those of the same services about anything else."""

from typing import Any

import pytest

from lambdas.aws.events import Ignored, parse
from lambdas.model.change import Change
from lambdas.model.family import Family
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.own import Own
from lambdas.model.revert import Call
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind, Subject
from tests.aws.records_of_cloudtrail import event, record

ARN = "arn:aws:{}:us-east-1:123456789012:{}"
FUNCTION = Subject(Kind.FUNCTION, ARN.format("lambda", "function:Snapback-Evaluate"))
BUCKET = Subject(Kind.BUCKET, "arn:aws:s3:::audit-logs")


def called(service: str, name: str, parameters: Any) -> dict[str, Any]:
    source = f"{service}.amazonaws.com"
    return event(record(eventSource=source, eventName=name, requestParameters=parameters))


ELSEWHERE = {
    "another function": ("lambda", "UpdateFunctionCode20150331v2", {"functionName": "payments"}),
    "another function, by a call that is not known": (
        "lambda",
        "PutFunctionNovelty",
        {"functionName": "my-snapback-game"},
    ),
    "another bucket": ("s3", "DeleteBucketPolicy", {"bucketName": "photos"}),
    "another key": ("kms", "DisableKey", {"keyId": "1234abcd"}),
}


@pytest.mark.parametrize("call", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_not_ours_is_ignored(call: Any) -> None:
    found = parse(called(*call))
    assert isinstance(found, Ignored)
    assert found.reason.startswith("no part of Snapback: ")


@pytest.mark.parametrize("name", ["PutFunctionConcurrency20171031", "PutFunctionConcurrency"])
def test_a_call_is_the_same_with_the_version_of_the_api_and_without(name: str) -> None:
    parameters = {"functionName": "Snapback-Evaluate", "reservedConcurrentExecutions": 0}
    change = parse(called("lambda", name, parameters))
    assert isinstance(change, Change)
    assert (change.call, change.family) == ("lambda:PutFunctionConcurrency", Family.SELF)
    assert (change.subject, change.own) == (FUNCTION, True)
    made = {name[:1].upper() + name[1:]: value for name, value in parameters.items()}
    call = Call(
        service="lambda",
        operation="PutFunctionConcurrency",
        parameters=made,
        region="us-east-1",
    )
    assert change.fingerprint == call_fingerprint(call)


def test_a_call_on_ours_that_is_not_known_is_told() -> None:
    change = parse(called("lambda", "PutFunctionNovelty", {"functionName": "Snapback-Evaluate"}))
    assert isinstance(change, Change)
    assert (change.subject, change.own, change.family) == (FUNCTION, True, None)


def test_what_a_trail_uses_is_told() -> None:
    change = parse(
        called("s3", "DeleteBucketPolicy", {"bucketName": "audit-logs"}), feeds=BUCKET.__eq__
    )
    assert isinstance(change, Change)
    assert (change.subject, change.own) == (BUCKET, True)


def test_what_goes_by_an_id_is_known_by_it() -> None:
    change = parse(called("kms", "DisableKey", {"keyId": "1234abcd"}), Own(("1234abcd",)))
    assert isinstance(change, Change)
    assert change.own


def test_what_does_not_say_its_target_is_told() -> None:
    change = parse(called("lambda", "UpdateFunctionCode20150331v2", {}))
    assert isinstance(change, Change)
    assert (change.subject, change.own) == (None, False)
    assert [problem.severity for problem in change.problems] == [Severity.HIGH]


@pytest.mark.parametrize(("name", "ours"), [("app", False), ("Snapback-EvaluateRole", True)])
def test_a_role_of_ours_is_known_as_such(name: str, ours: bool) -> None:
    change = parse(called("iam", "DeleteRole", {"roleName": name}))
    assert isinstance(change, Change)
    assert change.own is ours

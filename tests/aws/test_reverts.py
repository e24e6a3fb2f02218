from dataclasses import replace
from typing import Any, Never

import pytest
from botocore import xform_name
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from lambdas.aws import clients
from lambdas.aws.reverts import LiveReverts
from lambdas.calls import CATALOG
from lambdas.model.revert import Call
from lambdas.service.ports import CallFailedError

DETACH = Call(
    service="iam",
    operation="DetachUserPolicy",
    parameters={"UserName": "alice", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"},
    region="us-east-1",
)
PUT = Call(
    service="iam",
    operation="PutUserPolicy",
    parameters={"UserName": "alice", "PolicyName": "p", "PolicyDocument": "{ }"},
    region="us-east-1",
)
START = Call(
    service="cloudtrail",
    operation="StartLogging",
    parameters={"Name": "arn:aws:cloudtrail:eu-west-1:123456789012:trail/audit"},
    region="eu-west-1",
)


def test_every_call_that_a_revert_may_plan_is_a_method_of_its_client(aws: None) -> None:
    allowed = {each.action for entry in CATALOG.values() for each in entry.permissions}
    actions = allowed - {"iam:PassRole"}  # no call, but needed where one names a role
    for service, _, operation in (action.partition(":") for action in actions):
        assert callable(getattr(clients._client(service, "us-east-1"), xform_name(operation)))


@pytest.mark.parametrize("call", [DETACH, PUT], ids=lambda call: call.operation)
def test_a_call_is_made_as_it_is_planned(aws: None, call: Call) -> None:
    with Stubber(clients.iam()) as stub:
        stub.add_response(xform_name(call.operation), {}, dict(call.parameters))
        LiveReverts().make(call)
        stub.assert_no_pending_responses()


def test_a_call_is_made_in_its_region(aws: None) -> None:
    with Stubber(clients.cloudtrail("eu-west-1")) as stub:
        stub.add_response("start_logging", {}, dict(START.parameters))
        LiveReverts().make(START)
        stub.assert_no_pending_responses()


def test_a_call_that_the_sdk_does_not_have_fails_for_good(aws: None) -> None:
    with pytest.raises(CallFailedError, match="older than this operation") as failure:
        LiveReverts().make(replace(DETACH, operation="DetachUserPolicyOfNextYear"))
    assert (failure.value.transient, failure.value.gone) == (False, False)


def client_of(call: Call) -> Any:
    return clients.iam() if call.service == "iam" else clients.cloudtrail(call.region)


def failed(call: Call, code: str, status: int) -> CallFailedError:
    with Stubber(client_of(call)) as stub:
        stub.add_client_error(xform_name(call.operation), code, "no", status)
        with pytest.raises(CallFailedError) as error:
            LiveReverts().make(call)
    return error.value


@pytest.mark.parametrize(
    ("code", "status", "transient"),
    [
        pytest.param("AccessDenied", 403, False, id="a refusal is for good"),
        pytest.param("MalformedPolicyDocument", 400, False, id="a document that IAM rejects"),
        pytest.param("UnmodifiableEntity", 400, False, id="a protected role"),
        pytest.param("TrailNotFoundException", 404, False, id="a trail that is gone"),
        pytest.param("Throttling", 400, True, id="too many calls"),
        pytest.param("ConcurrentModification", 409, True, id="a change at the same moment"),
        pytest.param("DeleteConflict", 409, True, id="what was detached before still shows"),
        pytest.param("EntityTemporarilyUnmodifiable", 409, True, id="a user who is just made"),
        pytest.param("WhateverItIs", 503, True, id="any failure on AWS's side"),
    ],
)
@pytest.mark.parametrize("call", [DETACH, START], ids=lambda call: call.operation)
def test_a_failure_says_whether_a_later_try_may_succeed(
    aws: None, call: Call, code: str, status: int, transient: bool
) -> None:
    failure = failed(call, code, status)
    assert (failure.transient, failure.gone, failure.call) == (transient, False, call)
    assert str(failure).startswith(f"{call.action} failed: {code}")


@pytest.mark.parametrize(
    ("call", "gone"),
    [
        pytest.param(DETACH, True, id="what is to be taken away is gone already"),
        pytest.param(PUT, False, id="what is to be put back has nobody to be put on"),
    ],
)
def test_not_found_is_an_end_only_where_something_is_taken_away(
    aws: None, call: Call, gone: bool
) -> None:
    failure = failed(call, "NoSuchEntity", 404)
    assert (failure.gone, failure.transient) == (gone, False)


@pytest.mark.parametrize(
    ("parameters", "transient"),
    [
        pytest.param({"UserName": "alice"}, False, id="parameters that do not fit, for good"),
        pytest.param(dict(DETACH.parameters), True, id="a network that is down, for now"),
    ],
)
def test_failures_of_the_sdk_itself(
    aws: None, monkeypatch: pytest.MonkeyPatch, parameters: Any, transient: bool
) -> None:
    def unreachable(*_: Any) -> Never:
        raise EndpointConnectionError(endpoint_url="https://iam")

    monkeypatch.setattr(clients.iam()._endpoint, "make_request", unreachable)
    call = Call(
        service="iam", operation="DetachUserPolicy", parameters=parameters, region="us-east-1"
    )
    with pytest.raises(CallFailedError) as error:
        LiveReverts().make(call)
    assert error.value.transient is transient

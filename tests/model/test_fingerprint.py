from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.fingerprint import call_fingerprint, event_fingerprint, own_fingerprints
from lambdas.model.revert import Call

PUT = Call(
    service="iam",
    operation="PutUserPolicy",
    parameters={"UserName": "alice", "PolicyName": "p", "PolicyDocument": "{ }"},
    region="us-east-1",
)
SHOWN = {"policyDocument": "{ }", "policyName": "p", "userName": "alice"}


def test_a_call_has_the_fingerprint_of_its_own_event() -> None:
    assert call_fingerprint(PUT) == event_fingerprint("iam:PutUserPolicy", SHOWN)


@pytest.mark.parametrize(
    ("action", "parameters"),
    [
        pytest.param("iam:DeleteUserPolicy", SHOWN, id="another call"),
        pytest.param("iam:PutUserPolicy", {**SHOWN, "userName": "bob"}, id="another user"),
        pytest.param("iam:PutUserPolicy", {**SHOWN, "policyDocument": "{}"}, id="another text"),
        pytest.param("iam:PutUserPolicy", {**SHOWN, "more": 1}, id="more parameters"),
        pytest.param("iam:PutUserPolicy", None, id="no parameters"),
    ],
)
def test_anything_else_has_another_fingerprint(action: str, parameters: Any) -> None:
    assert call_fingerprint(PUT) != event_fingerprint(action, parameters)


def test_what_is_nested_is_spelled_as_cloudtrail_does_too() -> None:
    call = Call(
        service="cloudtrail",
        operation="PutEventSelectors",
        parameters={"TrailName": "t", "EventSelectors": [{"ReadWriteType": "All"}]},
        region="us-east-1",
    )
    shown = {"trailName": "t", "eventSelectors": [{"readWriteType": "All"}]}
    assert call_fingerprint(call) == event_fingerprint("cloudtrail:PutEventSelectors", shown)


def test_a_call_without_parameters_has_null_for_them() -> None:
    call = Call(
        service="iam", operation="DeleteAccountPasswordPolicy", parameters={}, region="us-east-1"
    )
    assert call_fingerprint(call) == event_fingerprint("iam:DeleteAccountPasswordPolicy", None)


LEFT_OUT = {"reason": "requestParameters too large", "omitted": True, "originalSize": 131_072}


@pytest.mark.parametrize(
    ("text", "may_be_omitted"),
    [
        pytest.param("{ }", False, id="a short text"),
        pytest.param(" " * 49_000, False, id="one that is omitted by no way of counting"),
        pytest.param(" " * 60_000, True, id="one that is omitted if it is escaped"),
        pytest.param(" " * 131_072, True, id="the longest"),
    ],
)
def test_only_a_long_call_of_ours_may_come_back_without_parameters(
    text: str, may_be_omitted: bool
) -> None:
    call = replace(PUT, parameters={**PUT.parameters, "PolicyDocument": text})
    prints = own_fingerprints(call)
    assert call_fingerprint(call) == prints[0]
    assert (event_fingerprint("iam:PutUserPolicy", LEFT_OUT) in prints) == may_be_omitted
    assert event_fingerprint("iam:PutRolePolicy", LEFT_OUT) not in prints


@pytest.mark.parametrize("omitted", [{**LEFT_OUT, "omitted": "true"}, {"omitted": True}])
def test_omitted_parameters_look_alike(omitted: Any) -> None:
    assert event_fingerprint("iam:PutUserPolicy", omitted) == event_fingerprint(
        "iam:PutUserPolicy", LEFT_OUT
    )

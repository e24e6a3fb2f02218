"""Delegation requests go from the request to the token as IAM documents it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html
"""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.front import Front


@pytest.fixture(scope="module")
def iam(front: Front) -> Any:
    return front.client("iam")


@pytest.fixture
def request_id(iam: Any) -> Any:
    return iam.create_delegation_request(
        Description="d",
        Permissions={},
        RequestorWorkflowId="workflow",
        NotificationChannel="arn:aws:sns:us-east-1:210987654321:t",
        SessionDuration=3600,
    )["DelegationRequestId"]


def state(iam: Any, request_id: str) -> Any:
    return iam.get_delegation_request(DelegationRequestId=request_id)["DelegationRequest"]["State"]


def test_each_step_has_its_state(iam: Any, request_id: str) -> None:
    assert state(iam, request_id) == "UNASSIGNED"
    for method, expected in (
        ("associate_delegation_request", "ASSIGNED"),
        ("update_delegation_request", "PENDING_APPROVAL"),
        ("accept_delegation_request", "ACCEPTED"),
        ("send_delegation_token", "FINALIZED"),
    ):
        getattr(iam, method)(DelegationRequestId=request_id)
        assert state(iam, request_id) == expected


def test_an_accepted_one_may_be_rejected_and_is_not_accepted_again(
    iam: Any, request_id: str
) -> None:
    iam.accept_delegation_request(DelegationRequestId=request_id)
    iam.reject_delegation_request(DelegationRequestId=request_id)
    with pytest.raises(iam.exceptions.InvalidInputException):
        iam.accept_delegation_request(DelegationRequestId=request_id)
    assert state(iam, request_id) == "REJECTED"


def test_one_whose_token_was_sent_cannot_be_rejected(iam: Any, request_id: str) -> None:
    iam.accept_delegation_request(DelegationRequestId=request_id)
    iam.send_delegation_token(DelegationRequestId=request_id)
    with pytest.raises(iam.exceptions.InvalidInputException):
        iam.reject_delegation_request(DelegationRequestId=request_id)


def test_one_that_nobody_made_is_unknown(iam: Any) -> None:
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.accept_delegation_request(DelegationRequestId="0" * 36)


@pytest.mark.parametrize("resource", ["*", "user/*", "delegation-request/*"])
def test_a_policy_may_name_resources_of_iam(iam: Any, resource: str) -> None:
    document = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "iam:GetUser",
            "Resource": f"arn:aws:iam::123456789012:{resource}",
        },
    }
    name = f"names-{resource.partition('/')[0].replace('*', 'all')}"
    policy = iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(document))
    assert policy["Policy"]["PolicyName"] == name


def test_a_policy_names_nothing_that_iam_does_not_have(iam: Any) -> None:
    document = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "iam:GetUser",
            "Resource": "arn:aws:iam::123456789012:team/a",
        },
    }
    with pytest.raises(ClientError, match="must either be"):
        iam.create_policy(PolicyName="strange", PolicyDocument=json.dumps(document))

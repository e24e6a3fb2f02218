"""The canary in moto: what it sets is what is seen, and the newest that came back is kept."""

import json
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError
from mypy_boto3_iam import IAMClient

from lambdas.aws.canaries import fly, seen
from lambdas.aws.records import TableRecords

AT = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
DENY = {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*"}
DOCUMENT = json.dumps({"Version": "2012-10-17", "Statement": [DENY]})


@pytest.fixture
def policy(iam: IAMClient) -> str:
    made = iam.create_policy(PolicyName="canary", PolicyDocument=DOCUMENT)["Policy"]
    return made["Arn"]


def test_before_it_flies_the_policy_is_there(iam: IAMClient, policy: str) -> None:
    found = seen(iam, policy)
    assert found is not None
    assert found.tagged is None
    assert datetime.now(UTC) - found.made < timedelta(minutes=5)


def test_each_flight_is_seen_in_place_of_the_one_before(iam: IAMClient, policy: str) -> None:
    assert fly(iam, policy, AT) == "2026-03-01T12:00:05+00:00"
    fly(iam, policy, AT + timedelta(days=1))
    found = seen(iam, policy)
    assert found is not None
    assert found.tagged == AT + timedelta(days=1)


def test_a_policy_that_is_gone_is_seen_to_be(iam: IAMClient, policy: str) -> None:
    iam.delete_policy(PolicyArn=policy)
    assert seen(iam, policy) is None


def test_a_read_that_fails_is_not_absence(policy: str) -> None:
    denied = Mock()
    denied.get_policy.side_effect = ClientError({"Error": {"Code": "AccessDenied"}}, "GetPolicy")
    with pytest.raises(ClientError, match="AccessDenied"):
        seen(denied, policy)


def test_the_newest_that_came_back_is_kept(records: TableRecords) -> None:
    assert records.heard() is None
    for moment in (AT, AT + timedelta(days=1), AT):
        records.hear(moment)
    assert records.heard() == AT + timedelta(days=1)

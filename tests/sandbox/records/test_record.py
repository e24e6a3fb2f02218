"""Records have the shape of CloudTrail's own, for calls that succeed and calls that fail."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.calls.caller import find
from sandbox.front import ApiCall, Front
from sandbox.records import Happening, record
from sandbox.records.elements import request_parameters, shown
from tests.sandbox.front import roles

ALICE = "arn:aws:iam::123456789012:user/alice"
TEXT = (
    '{ "Version":"2012-10-17",\r\n "Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}  '
)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COMMON = {
    "eventVersion": "1.11",
    "readOnly": False,
    "eventType": "AwsApiCall",
    "managementEvent": True,
    "recipientAccountId": "123456789012",
    "eventCategory": "Management",
}


class Account:
    """A front with the user alice, whose calls are made and recorded."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.records: list[Any] = []
        front.hooks.on_record = self.records.append
        iam = front.client("iam")
        iam.create_user(UserName="alice")
        iam.create_user(UserName="bob")
        self.alice = front.credentials_for_user("alice")

    def record(self, service: str, method: str, **parameters: Any) -> Any:
        """The record of one call by alice, who may do anything."""
        client = self.front.client(service, credentials=self.alice, source_address="192.0.2.7")
        with suppress(client.exceptions.ClientError):
            getattr(client, method)(**parameters)
        return self.records[-1]


@pytest.fixture(scope="module")
def account(front: Front) -> Iterator[Account]:
    yield Account(front)
    front.hooks.on_record = None


def test_reads_and_other_services_are_not_recorded(account: Account) -> None:
    account.records.clear()
    for service, method in (
        ("iam", "list_users"),
        ("iam", "get_account_summary"),
        ("iam", "generate_credential_report"),
        ("cloudtrail", "describe_trails"),
        ("sts", "get_caller_identity"),
    ):
        getattr(account.front.client(service, credentials=account.alice), method)()
    account.front.client("sqs", credentials=account.alice).create_queue(QueueName="q")
    assert account.records == []


def test_the_operator_is_not_recorded_unless_asked(account: Account) -> None:
    account.records.clear()
    iam = account.front.client("iam")
    iam.create_group(GroupName="quiet")
    account.front.hooks.record_operator = True
    try:
        iam.create_group(GroupName="loud")
    finally:
        account.front.hooks.record_operator = False
    assert [r["requestParameters"] for r in account.records] == [{"groupName": "loud"}]


def test_the_whole_record_of_a_users_change(account: Account) -> None:
    record = account.record(
        "iam", "put_user_policy", UserName="bob", PolicyName="p", PolicyDocument=TEXT
    )
    assert record.items() >= COMMON.items()
    assert record["eventSource"] == "iam.amazonaws.com"
    assert record["eventName"] == "PutUserPolicy"
    assert record["awsRegion"] == "us-east-1"
    assert record["sourceIPAddress"] == "192.0.2.7"
    assert record["userAgent"].startswith("Boto3/")
    assert record["responseElements"] is None
    assert "errorCode" not in record
    assert UUID.fullmatch(record["eventID"])
    assert record["tlsDetails"]["clientProvidedHostHeader"] == "iam.amazonaws.com"
    json.dumps(record)


def test_a_document_is_the_text_that_was_sent(account: Account) -> None:
    record = account.record(
        "iam", "put_user_policy", UserName="bob", PolicyName="p", PolicyDocument=TEXT
    )
    assert record["requestParameters"] == {
        "userName": "bob",
        "policyName": "p",
        "policyDocument": TEXT,
    }


def test_the_time_is_to_the_second_in_utc(account: Account) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    record = account.record("iam", "create_group", GroupName="timed")
    stamp = datetime.strptime(record["eventTime"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert before <= stamp <= datetime.now(UTC)


def test_a_user(account: Account) -> None:
    identity = account.record("iam", "create_group", GroupName="by-user")["userIdentity"]
    assert re.fullmatch("AIDA[A-Z0-9]{17}", identity.pop("principalId"))
    assert identity == {
        "type": "IAMUser",
        "arn": ALICE,
        "accountId": "123456789012",
        "accessKeyId": account.alice.access_key_id,
        "userName": "alice",
    }


def test_a_session_of_a_role(account: Account) -> None:
    grant = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    credentials = roles.function(account.front, "worker", grant)
    account.front.client("iam", credentials=credentials).create_group(GroupName="by-role")
    identity = account.records[-1]["userIdentity"]
    issuer = identity["sessionContext"]["sessionIssuer"]
    assert identity["type"] == "AssumedRole"
    assert identity["arn"] == "arn:aws:sts::123456789012:assumed-role/worker/session"
    assert identity["principalId"] == f"{issuer['principalId']}:session"
    assert identity["accessKeyId"].startswith("ASIA")
    assert issuer["principalId"].startswith("AROA")
    assert issuer["arn"] == "arn:aws:iam::123456789012:role/worker"
    assert (issuer["type"], issuer["userName"]) == ("Role", "worker")
    assert identity["sessionContext"]["attributes"]["mfaAuthenticated"] == "false"


def test_the_root_user(account: Account) -> None:
    account.front.client("iam", credentials=account.front.root).create_group(GroupName="by-root")
    identity = account.records[-1]["userIdentity"]
    assert identity["type"] == "Root"
    assert identity["arn"] == "arn:aws:iam::123456789012:root"
    assert "userName" not in identity


def test_a_denied_iam_call_shows_no_parameters(account: Account) -> None:
    client = account.front.client("iam", credentials=roles.function(account.front, "denied"))
    with suppress(client.exceptions.ClientError):
        client.delete_user(UserName="bob")
    record = account.records[-1]
    assert record["errorCode"] == "AccessDenied"
    assert "is not authorized to perform: iam:DeleteUser" in record["errorMessage"]
    assert (record["requestParameters"], record["responseElements"]) == (None, None)


def test_a_failed_call_has_the_exceptions_name(account: Account) -> None:
    record = account.record("iam", "delete_user", UserName="nobody")
    assert record["errorCode"] == "NoSuchEntityException"
    assert record["errorMessage"]
    assert record["requestParameters"] == {"userName": "nobody"}


def test_a_trails_record_is_of_its_region(account: Account) -> None:
    record = account.record("cloudtrail", "stop_logging", Name="missing")
    assert record["eventSource"] == "cloudtrail.amazonaws.com"
    assert record["errorCode"] == "TrailNotFoundException"
    assert record["requestParameters"] == {"name": "missing"}
    assert record["tlsDetails"]["clientProvidedHostHeader"] == "cloudtrail.us-east-1.amazonaws.com"


def test_a_created_role_shows_its_trust_encoded(account: Account) -> None:
    trust = roles.trust({"Service": "ec2.amazonaws.com"})
    record = account.record("iam", "create_role", RoleName="r", AssumeRolePolicyDocument=trust)
    role = record["responseElements"]["role"]
    assert record["requestParameters"]["assumeRolePolicyDocument"] == trust
    assert role["assumeRolePolicyDocument"].startswith("%7B%22Version%22")
    assert role["arn"] == "arn:aws:iam::123456789012:role/r"
    assert re.fullmatch(r"[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M", role["createDate"])
    assert "roleLastUsed" not in role


@pytest.mark.parametrize(
    ("method", "parameters", "secret"),
    [
        pytest.param(
            "create_login_profile", {"Password": "Correct-Horse-1!"}, "Correct-Horse", id="password"
        ),
        pytest.param("create_access_key", {}, "ecretAccessKey", id="secret key"),
    ],
)
def test_a_secret_is_left_out(
    account: Account, method: str, parameters: dict[str, Any], secret: str
) -> None:
    record = account.record("iam", method, UserName="bob", **parameters)
    assert record["requestParameters"] == {"userName": "bob"}
    assert secret not in json.dumps(record)
    assert record["responseElements"] is not None


def test_names_are_lowered_in_their_first_letter_only(account: Account) -> None:
    record = account.record("iam", "create_service_linked_role", AWSServiceName="a.amazonaws.com")
    assert record["requestParameters"] == {"aWSServiceName": "a.amazonaws.com"}


def test_parameters_over_100_kb_are_left_out(account: Account) -> None:
    padded = TEXT + " " * 110_000
    record = account.record(
        "iam", "put_user_policy", UserName="bob", PolicyName="p", PolicyDocument=padded
    )
    assert record["requestParameters"].pop("originalSize") > len(padded)
    assert record["requestParameters"] == {
        "reason": "requestParameters too large",
        "omitted": True,
    }


def happening(account: Account, service: str, operation: str, **output: Any) -> Happening:
    call = ApiCall(
        service=service,
        operation=operation,
        parameters={},
        region="eu-west-1",
        access_key=account.alice.access_key_id,
        source_address="192.0.2.7",
        user_agent="test",
    )
    caller = find("123456789012", call.access_key)
    return Happening(call=call, caller=caller, at=datetime.now(UTC), request_id="r", output=output)


@pytest.mark.parametrize(
    ("service", "operation", "region"),
    [("iam", "CreateGroup", "us-east-1"), ("cloudtrail", "StopLogging", "eu-west-1")],
)
def test_iam_is_recorded_in_its_home_region(
    account: Account, service: str, operation: str, region: str
) -> None:
    assert record(happening(account, service, operation))["awsRegion"] == region


@pytest.mark.parametrize(
    ("operation", "reads"),
    [("GetUser", True), ("ListMFADevices", True), ("CreateUser", False)],
)
def test_only_a_read_is_read_only_and_shows_no_answer(
    account: Account, operation: str, reads: bool
) -> None:
    made = record(happening(account, "iam", operation, User={"UserName": "u"}))
    assert made["readOnly"] is reads
    assert (made["responseElements"] is None) is reads


def test_no_parameters_are_null() -> None:
    assert request_parameters({}, None) is None


def test_a_value_without_a_model_is_itself() -> None:
    assert shown(7, None) == 7

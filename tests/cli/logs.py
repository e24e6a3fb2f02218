"""Logs of a replay's tests: records of our own, and files that hold them."""

import gzip
import json
from pathlib import Path
from typing import Any

from tests.aws.records_of_cloudtrail import record

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
HARMLESS = (
    '{"Version":"2012-10-17","Statement":'
    '[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"}]}'
)
EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


def attach(arn: str = READ_ONLY, **changed: Any) -> dict[str, Any]:
    parameters = {"userName": "alice", "policyArn": arn}
    return record(requestParameters=parameters, **changed)


def put(text: str, **changed: Any) -> dict[str, Any]:
    parameters = {"userName": "alice", "policyName": "p", "policyDocument": text}
    return record(eventName="PutUserPolicy", requestParameters=parameters, **changed)


def lines(path: Path, *events: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(each)}\n" for each in events))
    return path


def delivered(path: Path, *events: Any) -> Path:
    """A file as CloudTrail delivers it."""
    text = json.dumps({"Records": events}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def dump(path: Path, document: Any) -> Path:
    """A dump of an account in which alice has one inline policy."""
    user = {
        "UserName": "alice",
        "UserId": "AIDAALICE",
        "Arn": "arn:aws:iam::123456789012:user/alice",
        "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": document}],
        "GroupList": [],
        "AttachedManagedPolicies": [],
    }
    lists = {"GroupDetailList": [], "RoleDetailList": [], "Policies": []}
    path.write_text(json.dumps({"UserDetailList": [user], **lists}))
    return path

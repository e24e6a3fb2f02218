"""Tampering with Snapback itself: each call is noticed, and what is not Snapback's wakes nobody."""

import re
import uuid
from datetime import UTC, datetime

import pytest

from lambdas.model.family import Family
from lambdas.model.incident import Alert
from lambdas.model.subject import PARTS
from tests.aws.records_of_cloudtrail import record
from tests.calls.cases import cases
from tests.end_to_end.attacks import attacked, labels

ELSEWHERE = {
    "another function's code": ("lambda", "UpdateFunctionCode20150331v2", {"functionName": "pay"}),
    "another rule": ("events", "DisableRule", {"name": "nightly"}),
    "another topic's subscription": (
        "sns",
        "Unsubscribe",
        {"subscriptionArn": "arn:aws:sns:us-east-1:123456789012:orders:1"},
    ),
    "a grant that a service makes": ("kms", "CreateGrant", {"keyId": "1"}),
}


def called(service, name, parameters, **changed):
    return record(
        eventSource=f"{service}.amazonaws.com",
        eventName=name,
        requestParameters=parameters,
        eventID=str(uuid.uuid4()),
        eventTime=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        **changed,
    )


@pytest.fixture(scope="module")
def parts(stage):
    """The names of what a case can only make up."""
    client = stage.sandbox.operator.client
    return {
        "uUID": client("lambda").list_event_source_mappings()["EventSourceMappings"][0]["UUID"],
        "keyId": client("kms").list_keys()["Keys"][0]["KeyId"],
        "bucketName": client("cloudtrail").describe_trails()["trailList"][0]["S3BucketName"],
    }


@pytest.mark.parametrize("call", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_not_snapbacks_wakes_nobody(stage, call):
    by = {"type": "IAMUser", "invokedBy": "rds.amazonaws.com"}
    assert stage.sandbox.put_record(called(*call, userIdentity=by)) == ()


def test_a_bucket_that_no_trail_writes_to_is_ignored(stage):
    made = called("s3", "DeleteBucketPolicy", {"bucketName": "photos"})
    assert len(stage.sandbox.put_record(made)) == 1
    stage.settle()
    assert stage.incident(made) is None


def test_a_call_on_each_kind_of_part_is_an_incident_that_names_it(stage, parts):
    """That every call is taken, read and minded is shown by the watches' and the rule's tests."""
    ours = [(entry, case) for entry, case in cases("parsed") if entry.family is Family.SELF]
    first = {entry.kind: (entry, case) for entry, case in reversed(ours)}
    made = {}
    for kind, (entry, case) in first.items():
        service = entry.source.partition(".")[0]
        parameters = {**case["parameters"]}
        parameters |= {key: parts[key] for key in parameters.keys() & parts.keys()}
        made[kind] = called(service, entry.name, parameters)
    taken = {kind: stage.sandbox.put_record(each) for kind, each in made.items()}
    assert {kind: len(watches) for kind, watches in taken.items()} == dict.fromkeys(PARTS, 1)
    stage.settle()
    for kind, each in made.items():
        incident = stage.incident(each)
        assert incident is not None, kind
        [found] = [each for each in incident.verdict.findings if each.rule == "tampered"]
        assert re.split("[:/]", incident.change.subject.name)[-1] in found.says
        assert incident.alert is (Alert.SENT if found.severity.mailed else Alert.NONE)
        assert incident.verdict.problems == ()


def test_a_change_of_one_of_its_own_roles_names_it_and_is_left_to_people(stage):
    roles = stage.sandbox.operator.client("iam").list_roles()["Roles"]
    [role] = [each["RoleName"] for each in roles if "EvaluateRole" in each["RoleName"]]
    tags = [{"Key": "owner", "Value": "eve"}]
    _, mails = attacked(stage, lambda it: it.tag_role(RoleName=role, Tags=tags), "iam")
    assert labels(mails) == ["HIGH"]
    assert f"Snapback's role {role} (judging changes) was changed" in mails[0].body
    assert "deploy Snapback again" in mails[0].body

"""Concern: what is Snapback's is told from what only looks like it."""

import pytest

from lambdas.calls.concern import concerns, none_feeds, part
from lambdas.calls.watched import Where
from lambdas.model.own import STACKS, Own
from lambdas.model.subject import Kind, Subject

KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"
HERE = Where("aws", "123456789012", "us-east-1", own=Own((*STACKS, KEY)))
SUBJECTS = {
    "a function of somebody else's": (
        Kind.FUNCTION,
        "arn:aws:lambda:us-east-1:123456789012:function:payments",
        False,
    ),
    "another account's topic of a name like ours": (
        Kind.TOPIC,
        "arn:aws:sns:us-east-1:210987654321:Snapback-Alerts",
        False,
    ),
    "a user of a name like ours": (Kind.USER, "Snapback-person", False),
    "somebody else's role": (Kind.ROLE, "app", False),
    "somebody else's key": (Kind.KEY, "arn:aws:kms:us-east-1:123456789012:key/other", False),
    "somebody else's bucket": (Kind.BUCKET, "arn:aws:s3:::photos", False),
    "a function": (
        Kind.FUNCTION,
        "arn:aws:lambda:us-east-1:123456789012:function:Snapback-Evaluate",
        True,
    ),
    "a stack": (Kind.STACK, "arn:aws:cloudformation:us-east-1:123456789012:stack/Snapback", True),
    "a subscription": (
        Kind.SUBSCRIPTION,
        "arn:aws:sns:us-east-1:123456789012:Snapback-Alerts:14e0db71",
        True,
    ),
    "a log group": (
        Kind.LOG_GROUP,
        "arn:aws:logs:us-east-1:123456789012:log-group:Snapback-EvaluateLog",
        True,
    ),
    "an alarm": (
        Kind.ALARM,
        "arn:aws:cloudwatch:us-east-1:123456789012:alarm:Snapback-Letters",
        True,
    ),
    "a role": (Kind.ROLE, "Snapback-EvaluateRole", True),
    "a policy": (Kind.POLICY, "arn:aws:iam::123456789012:policy/SnapbackBoundary", True),
    "a key of ours": (Kind.KEY, f"arn:aws:kms:us-east-1:123456789012:key/{KEY}", True),
    "our trail's bucket": (Kind.BUCKET, "arn:aws:s3:::snapback-trail-bucket", True),
    "another sensor": (
        Kind.GUARDDUTY,
        "arn:aws:guardduty:us-east-1:123456789012:detector/12ab",
        True,
    ),
}


@pytest.mark.parametrize(("kind", "name", "ours"), SUBJECTS.values(), ids=SUBJECTS)
def test_what_is_of_concern(kind: Kind, name: str, ours: bool) -> None:
    assert concerns(Subject(kind, name), HERE, none_feeds) is ours


@pytest.mark.parametrize("kind", [Kind.BUCKET, Kind.KEY])
def test_what_a_trail_uses_is_of_concern(kind: Kind) -> None:
    subject = Subject(kind, "arn:aws:s3:::photos")
    assert concerns(subject, HERE, subject.__eq__)


PARTS = {
    "nothing named": ({}, None),
    "somebody else's function": ({"functionName": "payments"}, None),
    "ours, under a parameter that tagging calls have": (
        {"resource": "arn:aws:lambda:us-east-1:123456789012:function:Snapback-Evaluate"},
        Subject(Kind.FUNCTION, "arn:aws:lambda:us-east-1:123456789012:function:Snapback-Evaluate"),
    ),
}


@pytest.mark.parametrize(("parameters", "found"), PARTS.values(), ids=PARTS)
def test_a_part_is_found_whatever_is_called(
    parameters: dict[str, object], found: Subject | None
) -> None:
    assert part("lambda.amazonaws.com", parameters, HERE) == found

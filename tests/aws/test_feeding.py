"""Feeding: the buckets and keys of the account's trails, and no others."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from lambdas.aws import clients
from lambdas.aws.feeding import feeds
from lambdas.model.subject import Kind, Subject

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
CASES = {
    "another bucket": (Kind.BUCKET, "arn:aws:s3:::photos", False),
    "another key": (Kind.KEY, f"{KEY}0", False),
    "what is no ARN": (Kind.BUCKET, "photos", False),
    "the bucket": (Kind.BUCKET, "arn:aws:s3:::audit-logs", True),
    "the key": (Kind.KEY, KEY, True),
}


@pytest.fixture
def _trail(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setattr(clients, "region", lambda: "us-east-1")
    clients._made.cache_clear()
    with mock_aws():
        boto3.client("s3", "us-east-1").create_bucket(Bucket="audit-logs")
        cloudtrail = boto3.client("cloudtrail", "us-east-1")
        cloudtrail.create_trail(Name="audit", S3BucketName="audit-logs", KmsKeyId=KEY)
        yield
    clients._made.cache_clear()


@pytest.mark.usefixtures("_trail")
@pytest.mark.parametrize(("kind", "name", "used"), CASES.values(), ids=CASES)
def test_what_a_trail_uses(kind: Kind, name: str, used: bool) -> None:
    assert feeds(Subject(kind, name)) is used

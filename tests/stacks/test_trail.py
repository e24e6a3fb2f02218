"""The trail's stack: all regions, validated, encrypted, and nobody else's to write to."""

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import Environment

from cli.doctor.others import asked_for
from lambdas.settings import Settings
from sandbox.account import Sandbox
from stacks.trail import TrailStack
from tests.stacks.synthesized import Template, app_with, beside, listed


@pytest.fixture(scope="module")
def trail() -> Template:
    return Template(beside().get_stack_by_name("SnapbackTrail").template)


def statements(trail: Template, kind: str, document: str) -> list[dict[str, Any]]:
    _, found = trail.one(kind)
    return list(found[document]["Statement"])


def test_it_records_the_changes_of_all_regions(trail: Template) -> None:
    _, made = trail.one("AWS::CloudTrail::Trail")
    asked = ("IsLogging", "IsMultiRegionTrail", "IncludeGlobalServiceEvents")
    assert [made[each] for each in (*asked, "EnableLogFileValidation")] == [True] * 4
    assert not {"EventSelectors", "AdvancedEventSelectors"} & {*made}


def test_doctor_knows_it_by_its_name(trail: Template) -> None:
    _, made = trail.one("AWS::CloudTrail::Trail")
    asked = asked_for(Settings(create_trail=True), "123456789012")
    assert [(each.kind, each.parts) for each in asked] == [
        ("AWS::CloudTrail::Trail", (made["TrailName"],))
    ]


def test_it_is_made_once_it_may_write(trail: Template) -> None:
    name, _ = trail.one("AWS::CloudTrail::Trail")
    policy, _ = trail.one("AWS::S3::BucketPolicy")
    assert policy in trail.body["Resources"][name]["DependsOn"]


@pytest.mark.parametrize("kind", ["AWS::S3::Bucket", "AWS::KMS::Key"])
def test_what_it_recorded_outlives_the_stack(kind: str, trail: Template) -> None:
    name, _ = trail.one(kind)
    resource = trail.body["Resources"][name]
    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_its_bucket_is_nobodys_and_keeps_former_versions(trail: Template) -> None:
    _, bucket = trail.one("AWS::S3::Bucket")
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert "ServerSideEncryptionConfiguration" in bucket["BucketEncryption"]


def test_its_bucket_is_reached_over_tls_only(trail: Template) -> None:
    denied = [
        each
        for each in statements(trail, "AWS::S3::BucketPolicy", "PolicyDocument")
        if each["Effect"] == "Deny"
    ]
    assert [each["Condition"] for each in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]


@pytest.mark.parametrize(
    ("kind", "document", "actions"),
    [
        ("AWS::S3::BucketPolicy", "PolicyDocument", {"s3:GetBucketAcl", "s3:PutObject"}),
        ("AWS::KMS::Key", "KeyPolicy", {"kms:GenerateDataKey*", "kms:DescribeKey"}),
    ],
)
def test_cloudtrail_may_do_what_it_must_for_this_trail_alone(
    kind: str, document: str, actions: set[str], trail: Template
) -> None:
    cloudtrails = {"Service": "cloudtrail.amazonaws.com"}
    granted = [
        each for each in statements(trail, kind, document) if each["Principal"] == cloudtrails
    ]
    assert {action for each in granted for action in listed(each, "Action")} == actions
    for each in granted:
        assert "trail/snapback" in str(each["Condition"]["StringEquals"]["aws:SourceArn"])


def test_it_logs_once_it_is_deployed(tmp_path: Path) -> None:
    app = app_with({}, outdir=str(tmp_path))
    TrailStack(app, "SnapbackTrail", env=Environment(region="us-east-1"))
    app.synth()
    with Sandbox() as sandbox:
        sandbox.deploy(tmp_path)
        cloudtrail = sandbox.operator.client("cloudtrail", region="eu-west-1")
        [trail] = cloudtrail.describe_trails()["trailList"]
        status = cloudtrail.get_trail_status(Name=trail["TrailARN"])
    assert (trail["Name"], trail["HomeRegion"], status["IsLogging"]) == (
        "snapback",
        "us-east-1",
        True,
    )

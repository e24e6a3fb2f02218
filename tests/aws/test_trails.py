"""Trails read live, against moto; what moto does not know of AWS is put in by hand."""

import json
from typing import Never

import pytest
from mypy_boto3_cloudtrail import CloudTrailClient

from lambdas.aws import clients
from lambdas.aws.account import LiveAccount
from lambdas.aws.trails import _SETTINGS
from lambdas.calls.selectors import canonical
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import failing, read, refusal

LOGS = "arn:aws:logs:us-east-1:123456789012:log-group:trail:*"
WRITES = {"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True}
ADVANCED = {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}
RATE = {"InsightType": "ApiCallRateInsight"}
PLAIN = {
    "S3BucketName": "trail-bucket",
    "IncludeGlobalServiceEvents": "true",
    "IsMultiRegionTrail": "false",
    "EnableLogFileValidation": "false",
    "IsOrganizationTrail": "false",
}
PARTS = {
    "GetTrail": Part.SETTINGS,
    "GetEventSelectors": Part.SELECTORS,
    "GetInsightSelectors": Part.INSIGHTS,
    "ListTags": Part.TAGS,
}
GONE = {
    "TrailNotFoundException": "the trail is gone meanwhile",
    "ResourceNotFoundException": "what has tags is gone meanwhile",
    "CloudTrailARNInvalidException": "the trail is the management account's",
}


@pytest.fixture
def cloudtrail(aws: None) -> CloudTrailClient:
    clients._client("s3").create_bucket(Bucket="trail-bucket")
    clients.sns().create_topic(Name="deliveries")
    return clients.cloudtrail("us-east-1")


@pytest.fixture
def trail(cloudtrail: CloudTrailClient) -> Subject:
    made = cloudtrail.create_trail(
        Name="audit", S3BucketName="trail-bucket", TagsList=[{"Key": "team", "Value": "security"}]
    )
    return Subject(Kind.TRAIL, made["TrailARN"])


@pytest.mark.parametrize("logging", [True, False])
def test_a_trail_says_whether_it_logs(cloudtrail, trail, logging):
    if logging:
        cloudtrail.start_logging(Name="audit")
    reading = LiveAccount().reading([trail])
    assert reading.unique_id(trail) == trail.name
    assert reading.states().of(trail).parts[Part.LOGGING] == {ONLY: str(logging).lower()}


def test_a_trail_is_read_with_all_that_it_has(trail):
    state = read(trail).of(trail)
    assert set(state.parts) == {Part.LOGGING, *PARTS.values()}
    assert state.parts[Part.TAGS] == {"team": "security"}


def test_what_a_trail_does_not_have_is_not_among_its_settings(trail):
    assert read(trail).of(trail).parts[Part.SETTINGS] == PLAIN


def test_settings_are_spelled_as_they_are_set(cloudtrail, trail):
    cloudtrail.create_trail(
        Name="full",
        S3BucketName="trail-bucket",
        S3KeyPrefix="prefix",
        SnsTopicName="deliveries",
        IncludeGlobalServiceEvents=True,
        IsMultiRegionTrail=True,
        EnableLogFileValidation=True,
        CloudWatchLogsLogGroupArn=LOGS,
        CloudWatchLogsRoleArn="arn:aws:iam::123456789012:role/logs",
        KmsKeyId="arn:aws:kms:us-east-1:123456789012:key/k",
        IsOrganizationTrail=True,
    )
    full = Subject(Kind.TRAIL, trail.name.replace("audit", "full"))
    assert read(full).of(full).parts[Part.SETTINGS] == {
        "S3BucketName": "trail-bucket",
        "S3KeyPrefix": "prefix",
        "SnsTopicName": "arn:aws:sns:us-east-1:123456789012:deliveries",
        "IncludeGlobalServiceEvents": "true",
        "IsMultiRegionTrail": "true",
        "EnableLogFileValidation": "true",
        "CloudWatchLogsLogGroupArn": LOGS,
        "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs",
        "KmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/k",
        "IsOrganizationTrail": "true",
    }


def test_every_setting_is_a_parameter_of_update_trail(cloudtrail):
    model = cloudtrail.meta.service_model
    settable = set(model.operation_model("UpdateTrail").input_shape.members) - {"Name"}
    assert set(_SETTINGS) == settable
    assert set(_SETTINGS.values()) <= set(model.shape_for("Trail").members)


@pytest.mark.parametrize("kind", ["EventSelectors", "AdvancedEventSelectors"])
def test_selectors_are_kept_in_their_one_spelling(cloudtrail, trail, kind):
    selectors = [WRITES if kind == "EventSelectors" else ADVANCED]
    cloudtrail.put_event_selectors(TrailName="audit", **{kind: selectors})
    held = read(trail).of(trail).parts[Part.SELECTORS]
    assert held == {kind: canonical(selectors)}
    assert json.loads(held[kind])


def test_insights_are_kept_in_their_one_spelling(cloudtrail, trail):
    cloudtrail.put_insight_selectors(TrailName="audit", InsightSelectors=[RATE])
    assert read(trail).of(trail).parts[Part.INSIGHTS] == {ONLY: canonical([RATE])}


def test_a_trail_without_insights_has_none(cloudtrail, trail, monkeypatch):
    assert read(trail).of(trail).parts[Part.INSIGHTS] == {}
    failing(monkeypatch, cloudtrail, "GetInsightSelectors", refusal("InsightNotEnabledException"))
    states = read(trail)
    assert states.of(trail).parts[Part.INSIGHTS] == {}
    assert states.problems == ()


@pytest.mark.parametrize(("operation", "part"), PARTS.items())
def test_a_part_that_was_not_read_is_missing_and_a_problem(
    cloudtrail, trail, monkeypatch, operation, part
):
    failing(monkeypatch, cloudtrail, operation, refusal("AccessDenied"))
    states = read(trail)
    assert set(states.of(trail).parts) == {Part.LOGGING, *PARTS.values()} - {part}
    assert [problem.says.partition(" could not")[0] for problem in states.problems] == [
        f"the {part} of {trail}"
    ]


@pytest.mark.parametrize("code", GONE, ids=GONE.values())
@pytest.mark.parametrize(("operation", "part"), PARTS.items())
def test_a_part_is_unread_and_no_problem_where(
    cloudtrail, trail, monkeypatch, operation, part, code
):
    failing(monkeypatch, cloudtrail, operation, refusal(code))
    states = read(trail)
    assert set(states.of(trail).parts) == {Part.LOGGING, *PARTS.values()} - {part}
    assert states.problems == ()


def test_a_trail_is_asked_in_its_home_region(aws, monkeypatch):
    asked = []

    def cloudtrail(region: str) -> Never:
        asked.append(region)
        raise refusal("TrailNotFoundException")

    monkeypatch.setattr(clients, "cloudtrail", cloudtrail)
    trail = Subject(Kind.TRAIL, "arn:aws:cloudtrail:eu-west-1:123456789012:trail/audit")
    states = read(trail)
    assert (states.absent, states.problems) == ({trail}, ())
    assert set(asked) == {"eu-west-1"}


def test_a_trail_that_cannot_be_read_is_not_absent(cloudtrail, trail, monkeypatch):
    failing(monkeypatch, cloudtrail, "GetTrailStatus", refusal("AccessDenied"))
    reading = LiveAccount().reading([trail])
    assert reading.unique_id(trail) is None
    states = reading.states()
    assert (states.known, states.absent, len(states.problems)) == ({}, frozenset(), 1)


def test_a_list_of_trails_that_is_refused_stops_no_sweep(cloudtrail, trail, monkeypatch):
    store = cloudtrail.create_event_data_store(Name="more")["EventDataStoreArn"]
    failing(monkeypatch, cloudtrail, "DescribeTrails", refusal("AccessDenied"))
    pages = list(LiveAccount().everything())
    assert [each.name for page in pages for each in page.known] == [store]
    assert [p.says.partition(":")[0] for page in pages for p in page.problems] == [
        "a list could not be read"
    ]


def test_the_sweep_reads_it(trail):
    *_, last = LiveAccount().everything()
    assert last.of(trail).value(Part.LOGGING) == "false"
    assert last.of(trail).parts[Part.SETTINGS] == PLAIN


def elsewhere(cloudtrail, region, **more):
    """A trail of another region, by the name that it has here, too."""
    there = clients.cloudtrail(region)
    made = there.create_trail(Name="audit", S3BucketName="trail-bucket", **more)
    return Subject(Kind.TRAIL, made["TrailARN"])


def swept(*regions):
    return [found for page in LiveAccount(regions=regions).everything() for found in page.known]


def test_the_sweep_reads_what_is_at_home_in_further_regions(cloudtrail, trail):
    there = elsewhere(cloudtrail, "eu-west-1")
    assert there not in swept()
    assert {trail, there} <= {*swept("eu-west-1", "eu-north-1")}


def test_the_sweep_reads_a_trail_of_all_regions_once(cloudtrail):
    everywhere = elsewhere(
        cloudtrail, "eu-west-1", IsMultiRegionTrail=True, IncludeGlobalServiceEvents=True
    )
    assert swept("eu-north-1").count(everywhere) == 1


def test_a_region_that_cannot_be_read_is_named(cloudtrail, trail, monkeypatch):
    there = clients.cloudtrail("eu-west-1")
    failing(monkeypatch, there, "DescribeTrails", refusal("UnrecognizedClientException"))
    problems = [
        each for page in LiveAccount(regions=["eu-west-1"]).everything() for each in page.problems
    ]
    assert any(each.says.startswith("a list of eu-west-1 could not be") for each in problems)

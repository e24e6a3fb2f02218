"""Trails are found and refused as CloudTrail documents it.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
"""

from typing import Any

import pytest

from sandbox.front import Front

HOME = "us-east-1"
ARN = "arn:aws:cloudtrail:us-east-1:123456789012:trail/{}"
DEFAULT = [
    {
        "ReadWriteType": "All",
        "IncludeManagementEvents": True,
        "DataResources": [],
        "ExcludeManagementEventSources": [],
    }
]


@pytest.fixture(scope="module")
def home(front: Front) -> Any:
    front.client("s3").create_bucket(Bucket="logs")
    client = front.client("cloudtrail")
    client.create_trail(Name="wide", S3BucketName="logs", IsMultiRegionTrail=True)
    client.create_trail(Name="near", S3BucketName="logs")
    return client


@pytest.fixture(scope="module")
def away(front: Front, home: Any) -> Any:
    assert home
    return front.client("cloudtrail", region="eu-west-1")


@pytest.mark.parametrize("name", ["near", ARN.format("near"), "wide", ARN.format("wide")])
def test_logging_stops_and_starts_by_name_and_by_arn(home: Any, name: str) -> None:
    seen = []
    for change in (home.start_logging, home.stop_logging, home.start_logging):
        change(Name=name)
        seen.append(home.get_trail_status(Name=name)["IsLogging"])
    assert seen == [True, False, True]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda c, name: c.start_logging(Name=name), id="StartLogging"),
        pytest.param(lambda c, name: c.stop_logging(Name=name), id="StopLogging"),
        pytest.param(lambda c, name: c.delete_trail(Name=name), id="DeleteTrail"),
        pytest.param(lambda c, name: c.update_trail(Name=name), id="UpdateTrail"),
        pytest.param(
            lambda c, name: c.put_event_selectors(TrailName=name, EventSelectors=DEFAULT),
            id="PutEventSelectors",
        ),
    ],
)
class TestEveryChange:
    @pytest.mark.parametrize("name", ["missing", ARN.format("missing")])
    def test_of_an_unknown_trail(self, home: Any, change: Any, name: str) -> None:
        with pytest.raises(home.exceptions.TrailNotFoundException, match=ARN.format("missing")):
            change(home, name)

    @pytest.mark.parametrize("name", ["wide", ARN.format("wide"), ARN.format("near")])
    def test_from_another_region(self, away: Any, change: Any, name: str) -> None:
        with pytest.raises(away.exceptions.InvalidHomeRegionException, match=HOME):
            change(away, name)

    def test_of_another_regions_single_region_trail_by_name(self, away: Any, change: Any) -> None:
        with pytest.raises(away.exceptions.TrailNotFoundException):
            change(away, "near")


@pytest.mark.parametrize("by", ["{}", ARN])
def test_a_trail_is_deleted_by_name_and_by_arn(home: Any, by: str) -> None:
    home.create_trail(Name="brief", S3BucketName="logs")
    home.delete_trail(Name=by.format("brief"))
    with pytest.raises(home.exceptions.TrailNotFoundException):
        home.get_trail(Name="brief")


def test_a_trail_is_created_once(home: Any) -> None:
    with pytest.raises(home.exceptions.TrailAlreadyExistsException):
        home.create_trail(Name="near", S3BucketName="logs")


def test_a_shadow_trail_is_read_by_its_arn_only(away: Any) -> None:
    assert "IsLogging" in away.get_trail_status(Name=ARN.format("wide"))
    with pytest.raises(away.exceptions.TrailNotFoundException):
        away.get_trail_status(Name="wide")


@pytest.mark.parametrize(
    ("region", "parameters", "expected"),
    [
        pytest.param("home", {}, ["near", "wide"], id="all"),
        pytest.param("away", {}, ["wide"], id="shadows"),
        pytest.param("away", {"includeShadowTrails": False}, [], id="no shadows"),
        pytest.param("home", {"trailNameList": ["near", "missing"]}, ["near"], id="by name"),
        pytest.param("away", {"trailNameList": [ARN.format("wide")]}, ["wide"], id="by ARN"),
    ],
)
def test_trails_are_described(
    request: pytest.FixtureRequest, region: str, parameters: Any, expected: list[str]
) -> None:
    trails = request.getfixturevalue(region).describe_trails(**parameters)["trailList"]
    assert sorted(trail["Name"] for trail in trails) == expected
    assert all(trail["HomeRegion"] == HOME for trail in trails)


def test_a_new_trail_logs_all_management_events(home: Any) -> None:
    home.create_trail(Name="fresh", S3BucketName="logs")
    assert home.get_event_selectors(TrailName="fresh")["EventSelectors"] == DEFAULT
    assert home.get_trail(Name="fresh")["Trail"]["HasCustomEventSelectors"] is False


def test_one_kind_of_selectors_takes_the_others_place(home: Any) -> None:
    home.create_trail(Name="chosen", S3BucketName="logs")
    advanced = [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}]
    home.put_event_selectors(TrailName="chosen", AdvancedEventSelectors=advanced)
    first = home.get_event_selectors(TrailName="chosen")
    home.put_event_selectors(TrailName="chosen", EventSelectors=[{"ReadWriteType": "ReadOnly"}])
    second = home.get_event_selectors(TrailName="chosen")
    assert (first["AdvancedEventSelectors"], first["EventSelectors"]) == (advanced, [])
    assert second["EventSelectors"] == [DEFAULT[0] | {"ReadWriteType": "ReadOnly"}]
    assert second["AdvancedEventSelectors"] == []
    assert home.get_trail(Name="chosen")["Trail"]["HasCustomEventSelectors"] is True


def test_insights_are_an_error_until_they_are_enabled(home: Any) -> None:
    with pytest.raises(home.exceptions.InsightNotEnabledException):
        home.get_insight_selectors(TrailName="near")
    rate = [{"InsightType": "ApiCallRateInsight"}]
    home.put_insight_selectors(TrailName="near", InsightSelectors=rate)
    assert home.get_insight_selectors(TrailName="near")["InsightSelectors"] == rate

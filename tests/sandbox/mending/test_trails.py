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
        pytest.param(
            lambda c, name: c.put_insight_selectors(TrailName=name, InsightSelectors=[]),
            id="PutInsightSelectors",
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
        pytest.param("away", {"trailNameList": ["wide"]}, [], id="a shadow by its name"),
        pytest.param("away", {"trailNameList": [ARN.format("near")]}, ["near"], id="away, by ARN"),
    ],
)
def test_trails_are_described(
    request: pytest.FixtureRequest, region: str, parameters: Any, expected: list[str]
) -> None:
    trails = request.getfixturevalue(region).describe_trails(**parameters)["trailList"]
    assert sorted(trail["Name"] for trail in trails) == expected
    assert all(trail["HomeRegion"] == HOME for trail in trails)


def test_a_new_trail_logs_all_management_events(home: Any) -> None:
    assert home.get_event_selectors(TrailName="near")["EventSelectors"] == DEFAULT
    assert home.get_trail(Name="near")["Trail"]["HasCustomEventSelectors"] is False


def test_one_kind_of_selectors_takes_the_others_place(home: Any) -> None:
    home.create_trail(Name="chosen", S3BucketName="logs")
    advanced = [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}]
    home.put_event_selectors(TrailName="chosen", AdvancedEventSelectors=advanced)
    first = home.get_event_selectors(TrailName="chosen")
    home.put_event_selectors(TrailName="chosen", EventSelectors=[{"ReadWriteType": "ReadOnly"}])
    second = home.get_event_selectors(TrailName="chosen")
    assert (first["AdvancedEventSelectors"], first.get("EventSelectors")) == (advanced, None)
    assert second["EventSelectors"] == [DEFAULT[0] | {"ReadWriteType": "ReadOnly"}]
    assert "AdvancedEventSelectors" not in second
    assert home.get_trail(Name="chosen")["Trail"]["HasCustomEventSelectors"] is True


def test_insights_are_an_error_until_they_are_enabled(home: Any) -> None:
    with pytest.raises(home.exceptions.InsightNotEnabledException):
        home.get_insight_selectors(TrailName="near")
    rate = [{"InsightType": "ApiCallRateInsight"}]
    home.put_insight_selectors(TrailName="near", InsightSelectors=rate)
    assert home.get_insight_selectors(TrailName="near")["InsightSelectors"] == rate
    home.put_insight_selectors(TrailName="near", InsightSelectors=[])
    with pytest.raises(home.exceptions.InsightNotEnabledException):
        home.get_insight_selectors(TrailName="near")


READS = [
    pytest.param(lambda c, name: c.get_trail(Name=name), id="GetTrail"),
    pytest.param(lambda c, name: c.get_trail_status(Name=name), id="GetTrailStatus"),
    pytest.param(lambda c, name: c.get_event_selectors(TrailName=name), id="GetEventSelectors"),
    pytest.param(lambda c, name: c.get_insight_selectors(TrailName=name), id="GetInsightSelectors"),
]


@pytest.mark.parametrize("read", READS)
def test_every_read_takes_an_arn_from_another_region(home: Any, away: Any, read: Any) -> None:
    rate = [{"InsightType": "ApiCallRateInsight"}]
    home.put_insight_selectors(TrailName="wide", InsightSelectors=rate)
    here, there = (read(client, ARN.format("wide")) for client in (home, away))
    for answer in (here, there):
        answer.pop("ResponseMetadata")
    assert here == there


@pytest.mark.parametrize("read", READS)
def test_every_read_of_an_unknown_trail(home: Any, read: Any) -> None:
    with pytest.raises(home.exceptions.TrailNotFoundException, match=ARN.format("missing")):
        read(home, "missing")


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        pytest.param({}, "InvalidEventSelectorsException", id="neither kind"),
        pytest.param(
            {
                "EventSelectors": DEFAULT,
                "AdvancedEventSelectors": [
                    {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}
                ],
            },
            "InvalidEventSelectorsException",
            id="both kinds",
        ),
        pytest.param({"EventSelectors": DEFAULT * 6}, "InvalidEventSelectorsException", id="six"),
        pytest.param(
            {"EventSelectors": [{"ReadWriteType": "read-only"}]},
            "InvalidEventSelectorsException",
            id="an unknown ReadWriteType",
        ),
    ],
)
def test_selectors_that_are_refused(home: Any, parameters: Any, error: str) -> None:
    before = home.get_event_selectors(TrailName="near")["EventSelectors"]
    with pytest.raises(getattr(home.exceptions, error)):
        home.put_event_selectors(TrailName="near", **parameters)
    assert home.get_event_selectors(TrailName="near")["EventSelectors"] == before


def test_insights_of_an_unknown_type_are_refused(home: Any) -> None:
    with pytest.raises(home.exceptions.InvalidInsightSelectorsException):
        home.put_insight_selectors(TrailName="near", InsightSelectors=[{"InsightType": "Other"}])


@pytest.fixture
def rich(front: Front, home: Any) -> Any:
    """A trail with every setting that a text can take away."""
    front.client("sns").create_topic(Name="news")
    made = home.create_trail(
        Name="rich",
        S3BucketName="logs",
        S3KeyPrefix="prefix",
        SnsTopicName="news",
        KmsKeyId="arn:aws:kms:us-east-1:123456789012:key/k",
        EnableLogFileValidation=True,
        TagsList=[{"Key": "team", "Value": "blue"}],
    )
    yield made
    home.delete_trail(Name="rich")


def test_a_created_trail_is_told_whole(rich: Any) -> None:
    rich.pop("ResponseMetadata")
    assert rich == {
        "Name": "rich",
        "S3BucketName": "logs",
        "S3KeyPrefix": "prefix",
        "SnsTopicName": "news",
        "SnsTopicARN": "arn:aws:sns:us-east-1:123456789012:news",
        "KmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/k",
        "IncludeGlobalServiceEvents": True,
        "IsMultiRegionTrail": False,
        "TrailARN": ARN.format("rich"),
        "LogFileValidationEnabled": True,
        "IsOrganizationTrail": False,
    }


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize("name", ["rich", ARN.format("rich")])
def test_an_update_leaves_what_it_does_not_name(home: Any, name: str) -> None:
    before = home.get_trail(Name="rich")["Trail"]
    home.update_trail(Name=name, IsMultiRegionTrail=True)
    home.update_trail(Name=name, IsMultiRegionTrail=False)
    assert home.get_trail(Name="rich")["Trail"] == before


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize(
    ("parameter", "gone"),
    [
        ("S3KeyPrefix", {"S3KeyPrefix"}),
        ("SnsTopicName", {"SnsTopicName", "SnsTopicARN"}),
        ("KmsKeyId", {"KmsKeyId"}),
    ],
)
def test_an_empty_text_takes_a_setting_away(home: Any, parameter: str, gone: set[str]) -> None:
    before = home.get_trail(Name="rich")["Trail"]
    home.update_trail(Name="rich", **{parameter: ""})
    assert before.keys() - home.get_trail(Name="rich")["Trail"].keys() == gone


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        pytest.param({"S3BucketName": "absent"}, "S3BucketDoesNotExistException", id="no bucket"),
        pytest.param({"SnsTopicName": "no"}, "InsufficientSnsTopicPolicyException", id="no topic"),
        pytest.param(
            {"IsMultiRegionTrail": True, "IncludeGlobalServiceEvents": False},
            "InvalidParameterCombinationException",
            id="everywhere and not global",
        ),
    ],
)
def test_an_update_that_is_refused_changes_nothing(home: Any, parameters: Any, error: str) -> None:
    before = home.get_trail(Name="rich")["Trail"]
    with pytest.raises(getattr(home.exceptions, error)):
        home.update_trail(Name="rich", S3KeyPrefix="other", **parameters)
    assert home.get_trail(Name="rich")["Trail"] == before


@pytest.mark.usefixtures("rich")
def test_a_trail_of_one_region_again_is_no_shadow_elsewhere(home: Any, away: Any) -> None:
    seen = []
    for everywhere in (True, False):
        home.update_trail(Name="rich", IsMultiRegionTrail=everywhere)
        seen.append("rich" in {trail["Name"] for trail in away.describe_trails()["trailList"]})
    assert seen == [True, False]


def tags(client: Any, arn: str) -> Any:
    (listed,) = client.list_tags(ResourceIdList=[arn])["ResourceTagList"]
    return listed["TagsList"]


@pytest.mark.usefixtures("rich")
def test_tags_are_those_of_the_trail(home: Any) -> None:
    blue = {"Key": "team", "Value": "blue"}
    more = {"Key": "cost", "Value": "7"}
    seen = [tags(home, ARN.format("rich"))]
    home.add_tags(ResourceId=ARN.format("rich"), TagsList=[more])
    seen.append(tags(home, ARN.format("rich")))
    home.remove_tags(ResourceId=ARN.format("rich"), TagsList=[{"Key": "team"}])
    seen.append(tags(home, ARN.format("rich")))
    assert seen == [[blue], [blue, more], [more]]


def test_tags_go_with_their_trail(home: Any) -> None:
    seen = []
    for given in ([{"Key": "team", "Value": "blue"}], []):
        home.create_trail(Name="again", S3BucketName="logs", TagsList=given)
        seen.append(tags(home, ARN.format("again")))
        home.delete_trail(Name="again")
    assert seen == [[{"Key": "team", "Value": "blue"}], []]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("near", "CloudTrailARNInvalidException"),
        (ARN.format("missing"), "ResourceNotFoundException"),
    ],
)
def test_tags_of_what_is_no_trail(home: Any, name: str, error: str) -> None:
    with pytest.raises(getattr(home.exceptions, error)):
        home.list_tags(ResourceIdList=[name])
    with pytest.raises(getattr(home.exceptions, error)):
        home.add_tags(ResourceId=name, TagsList=[{"Key": "k"}])


def test_a_region_has_five_trails_with_the_shadows_of_other_regions(away: Any) -> None:
    for number in range(4):
        away.create_trail(Name=f"crowd-{number}", S3BucketName="logs")
    with pytest.raises(away.exceptions.MaximumNumberOfTrailsExceededException):
        away.create_trail(Name="crowd-4", S3BucketName="logs")

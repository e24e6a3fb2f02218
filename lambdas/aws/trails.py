"""Trails read live: whether they log, and all that a trail has to have again if it is deleted."""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from lambdas.aws import clients
from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup
from lambdas.aws.reads import Read, code
from lambdas.calls.selectors import canonical
from lambdas.model.arn import Arn
from lambdas.model.state import ONLY, Part

if TYPE_CHECKING:
    from mypy_boto3_cloudtrail import CloudTrailClient

ABSENT = frozenset({"TrailNotFoundException", "ResourceNotFoundException"})
_FOREIGN = "CloudTrailARNInvalidException"
"""A member account may see its organisation's trail, and may neither read all of it nor change it.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
"""
_NO_INSIGHTS = "InsightNotEnabledException"

_SETTINGS = {
    "S3BucketName": "S3BucketName",
    "S3KeyPrefix": "S3KeyPrefix",
    "SnsTopicName": "SnsTopicARN",
    "IncludeGlobalServiceEvents": "IncludeGlobalServiceEvents",
    "IsMultiRegionTrail": "IsMultiRegionTrail",
    "EnableLogFileValidation": "LogFileValidationEnabled",
    "CloudWatchLogsLogGroupArn": "CloudWatchLogsLogGroupArn",
    "CloudWatchLogsRoleArn": "CloudWatchLogsRoleArn",
    "KmsKeyId": "KmsKeyId",
    "IsOrganizationTrail": "IsOrganizationTrail",
    "RecursiveLogging": "RecursiveLogging",
}
"""UpdateTrail's parameter -> what GetTrail calls it; a topic's ARN stands for its name there, too.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html
"""
_SELECTORS = ("EventSelectors", "AdvancedEventSelectors")
Values = Mapping[str, str]
Get = Callable[["CloudTrailClient", str], Values]
"""What gives the values of one part of the trail, or event data store, with that ARN."""


def trail(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The reads of a trail's state, made in its home region and all at once."""
    parts: Mapping[Part, Get] = {
        Part.SETTINGS: _settings,
        Part.SELECTORS: _selectors,
        Part.INSIGHTS: _insights,
        Part.TAGS: tags,
    }
    return (
        lookup.identifying(building, "status", _status),
        *(
            lookup.guarded(building, part, partial(held, part, get, {*ABSENT, _FOREIGN}))
            for part, get in parts.items()
        ),
    )


def _status(_: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html."""
    arn = building.subject.name
    try:
        status = home(arn).get_trail_status(Name=arn)
    except ClientError as error:
        if code(error) not in ABSENT:
            raise
        building.vanish()
        return ()
    building.hold(Part.LOGGING, {ONLY: word(status["IsLogging"])})
    building.identify(arn, arn)
    return ()


def held(
    part: Part, get: "Get", gone: Container[str], _: Lookup, building: Building
) -> Iterable[Read]:
    """Read one part; of what is gone, or another account's, it stays unread."""
    arn = building.subject.name
    try:
        building.hold(part, get(home(arn), arn))
    except ClientError as error:
        if code(error) not in gone:
            raise
    return ()


def _settings(cloudtrail: "CloudTrailClient", arn: str) -> Values:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrail.html."""
    given: Mapping[str, Any] = {**cloudtrail.get_trail(Name=arn)["Trail"]}
    read = {parameter: given.get(name) for parameter, name in _SETTINGS.items()}
    return {name: word(value) for name, value in read.items() if value not in (None, "")}


def _selectors(cloudtrail: "CloudTrailClient", arn: str) -> Values:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html."""
    given: Mapping[str, Any] = {**cloudtrail.get_event_selectors(TrailName=arn)}
    return {kind: canonical(given[kind]) for kind in _SELECTORS if given.get(kind)}


def _insights(cloudtrail: "CloudTrailClient", arn: str) -> Values:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetInsightSelectors.html."""
    try:
        given = cloudtrail.get_insight_selectors(TrailName=arn).get("InsightSelectors")
    except ClientError as error:
        if code(error) != _NO_INSIGHTS:
            raise
        return {}
    return {ONLY: canonical(given)} if given else {}


def tags(cloudtrail: "CloudTrailClient", arn: str) -> Values:
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTags.html."""
    pages = cloudtrail.get_paginator("list_tags").paginate(ResourceIdList=[arn])
    listed = (each for page in pages for each in page["ResourceTagList"])
    return {tag["Key"]: tag.get("Value", "") for each in listed for tag in each["TagsList"]}


def home(arn: str) -> "CloudTrailClient":
    """CloudTrail where the trail is: it is not to be read by every call from elsewhere."""
    parsed = Arn.parse(arn)
    return clients.cloudtrail(parsed.region if parsed else "")


def word(value: object) -> str:
    """A setting's value as states hold it."""
    return str(value).lower() if isinstance(value, bool) else str(value)

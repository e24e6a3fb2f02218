"""A trail's settings: where its log files go, what they cover, and how they are protected."""

from collections.abc import Iterator, Mapping

from lambdas.calls.holders import Parameters
from lambdas.calls.trail import PASSED, calling, named, permitted, watching
from lambdas.calls.watched import Target, UnreadableParametersError, Where, text
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.revert import Irreversible, Revert
from lambdas.model.state import Part, State

_ANSWERED: Mapping[str, str] = {
    "S3BucketName": "s3BucketName",
    "S3KeyPrefix": "s3KeyPrefix",
    "SnsTopicName": "snsTopicARN",
    "IncludeGlobalServiceEvents": "includeGlobalServiceEvents",
    "IsMultiRegionTrail": "isMultiRegionTrail",
    "EnableLogFileValidation": "logFileValidationEnabled",
    "CloudWatchLogsLogGroupArn": "cloudWatchLogsLogGroupArn",
    "CloudWatchLogsRoleArn": "cloudWatchLogsRoleArn",
    "KmsKeyId": "kmsKeyId",
    "IsOrganizationTrail": "isOrganizationTrail",
}
"""A parameter of UpdateTrail -> what the answer calls it, which holds what a read will show.

RecursiveLogging is none of them: it is about the events of delivering the trail's own log files.
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
"""
_SWITCHES = frozenset(
    {
        "IncludeGlobalServiceEvents",
        "IsMultiRegionTrail",
        "EnableLogFileValidation",
        "IsOrganizationTrail",
    }
)
_ALIASED = frozenset({"SnsTopicName", "KmsKeyId"})
"""What a request may name in several ways, and a read shows by its ARN."""
_LOGS = ("CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn")
"""CloudTrail does not take the role without the group, so they come back together."""
_WORDS = ("true", "false")
_ORGANIZATIONS = (
    "whether it is an organisation's trail only the organisation's management account may say"
)


def spelled(settings: Mapping[str, str | None]) -> dict[str, object]:
    """Settings as CreateTrail and UpdateTrail take them: an empty text clears one."""
    return {
        name: settings[name] == "true" if name in _SWITCHES else settings[name] or ""
        for name in _ANSWERED
        if name in settings
    }


def _updated(parameters: Parameters, where: Where) -> Target:
    asked = {name: parameters.get(name[:1].lower() + name[1:]) for name in _ANSWERED}
    given = {name: value for name, value in asked.items() if value is not None}
    settings = {name: _now(name, value, where) for name, value in given.items()}
    edits = (Edit(Part.SETTINGS, name, value) for name, value in settings.items())
    return named(text(parameters, "name"), where), (*edits, *_beside(settings, where))


def _now(name: str, asked: object, where: Where) -> str | None:
    """What a read of the setting will show; an empty text clears it, and the answer lacks it."""
    if asked == "":
        return None
    told = where.answer.get(_ANSWERED[name])
    value = asked if told in (None, "") else told
    if name in _SWITCHES:
        value = str(value).lower()
    if not isinstance(value, str) or (name in _SWITCHES and value not in _WORDS):
        raise UnreadableParametersError(f"requestParameters set {name} to {asked!r}")
    if name in _ALIASED and not _is_settled(value):
        raise UnreadableParametersError(f"responseElements do not say which {name} {asked!r} is")
    return value


def _is_settled(value: str) -> bool:
    arn = Arn.parse(value)
    return arn is not None and not arn.resource.startswith("alias/")


def _beside(settings: Mapping[str, str | None], where: Where) -> Iterator[Edit]:
    """Making a trail one of a single region turns off its global events, and the reverse on.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
    """
    name = "IncludeGlobalServiceEvents"
    told = where.answer.get(_ANSWERED[name])
    if "IsMultiRegionTrail" in settings and name not in settings and told is not None:
        yield Edit(Part.SETTINGS, name, _now(name, told, where))


def _former(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    """All settings in one call: a trail of all regions must have global events at every moment."""
    settings = {edit.key: value for edit, value in former.items()}
    if "IsOrganizationTrail" in settings:
        return Irreversible(_ORGANIZATIONS)
    if not settings:
        return ()
    if any(name in settings for name in _LOGS):
        settings = {name: live.value(Part.SETTINGS, name) for name in _LOGS} | settings
    return (calling(change, live.arn, "UpdateTrail", {"Name": live.arn, **spelled(settings)}),)


CALLS = (
    watching(
        name="UpdateTrail",
        parse=_updated,
        together=_former,
        permissions=(permitted("UpdateTrail"), PASSED),
    ),
)

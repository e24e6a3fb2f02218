"""Keeping: what a trail's settings say of where its events come from and how they are kept.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
"""

from collections.abc import Callable, Iterator, Mapping

from lambdas.model.arn import Arn
from lambdas.model.severity import Severity
from lambdas.rules.loss import Loss

Values = Mapping[str, str]

_OFF = {
    "IsMultiRegionTrail": (Severity.HIGH, "record events of other regions"),
    "IncludeGlobalServiceEvents": (
        Severity.CRITICAL,
        "record events of global services, IAM's among them",
    ),
    "IsOrganizationTrail": (Severity.HIGH, "record events of the organisation's other accounts"),
    "EnableLogFileValidation": (Severity.MEDIUM, "prove that its log files are unaltered"),
}
"""A setting -> how grave it is that it is off, and what the trail does not do then."""


def _another(former: str | None, now: str | None, _: str) -> bool:
    return former != now


def _replaced(former: str | None, now: str | None, _: str) -> bool:
    """To begin with one takes nothing away."""
    return former is not None and former != now


def _another_key(former: str | None, now: str | None, account: str) -> bool:
    """Whoever has the key of another account can keep the log files from being read."""
    arn = Arn.parse(now or "")
    foreign = arn is not None and arn.account != account
    return former != now and (former is not None or foreign)


_MOVED: Mapping[str, tuple[Severity, Callable[[str | None, str | None, str], bool], str]] = {
    "S3BucketName": (Severity.HIGH, _another, "deliver its log files to the same bucket"),
    "S3KeyPrefix": (Severity.HIGH, _another, "deliver its log files under the same prefix"),
    "KmsKeyId": (Severity.MEDIUM, _another_key, "encrypt its log files with the same key"),
    "CloudWatchLogsLogGroupArn": (Severity.MEDIUM, _replaced, "write to the same log group"),
    "CloudWatchLogsRoleArn": (Severity.LOW, _replaced, "write to its log group by the same role"),
    "SnsTopicName": (Severity.LOW, _replaced, "announce its log files on the same topic"),
}
"""A setting -> how grave a change of it is, what counts as one, and what the trail does not do."""


def unkept(
    former: Values | None, now: Values, keys: frozenset[str], account: str
) -> Iterator[Loss]:
    """What is lost between two sets of settings, as far as these keys go.

    Where the former ones are not known, None, what is off now counts as lost.
    """
    for key in sorted(keys & _OFF.keys()):
        if now.get(key) == "false" and (former is None or former.get(key) != "false"):
            yield Loss(*_OFF[key], (f"{key} is false",))
    if former is None:
        return
    for key in sorted(keys & _MOVED.keys()):
        severity, is_lost, what = _MOVED[key]
        was, held = former.get(key), now.get(key)
        if is_lost(was, held, account):
            yield Loss(severity, what, (f"{key} is {_said(held)}, and was {_said(was)}",))


def needs_former(keys: frozenset[str]) -> str | None:
    """A setting among these of which only the former value says whether setting it is grave."""
    grave = (key for key in sorted(keys & _MOVED.keys()) if _MOVED[key][0].mailed)
    return next(grave, None)


def _said(value: str | None) -> str:
    return "not set" if value is None else value

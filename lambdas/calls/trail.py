"""Trails made, started and stopped, and what the calls on a trail share."""

from collections.abc import Mapping
from functools import partial

from lambdas.calls.holders import Parameters, arns
from lambdas.calls.watched import CLOUDTRAIL, Scope, Target, WatchedCall, Where, text
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

PASSED = Permission(
    action="iam:PassRole",
    resources=arns(Kind.ROLE),
    condition={"StringEquals": {"iam:PassedToService": "cloudtrail.amazonaws.com"}},
)
"""What naming the role needs by which CloudTrail writes to CloudWatch Logs.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

TRAILS = ("arn:{partition}:cloudtrail:*:{account}:trail/*",)
"""The ARN pattern of every trail of the account, in whatever region it is at home."""

watching = partial(
    WatchedCall,
    source=CLOUDTRAIL,
    family=Family.TRAIL,
    scope=Scope.TRAIL_HOME,
    kind=Kind.TRAIL,
)
"""The catalogue's entry for a call on a trail."""


def named(name: str, where: Where) -> Subject:
    """The trail that a bare name or an ARN means: a bare name is one of the call's own region."""
    if Arn.parse(name):
        return Subject(Kind.TRAIL, name)
    return Subject(Kind.TRAIL, where.arn("cloudtrail", f"trail/{name}", region=where.region))


def permitted(operation: str) -> Permission:
    """The permission for a call on any trail of the account."""
    return Permission(action=f"cloudtrail:{operation}", resources=TRAILS)


def calling(change: Change, arn: str, operation: str, given: Mapping[str, object]) -> Call:
    """A call in a trail's home region, which alone takes writes."""
    home = Arn.parse(arn)
    region = home.region if home else change.region
    return Call(service="cloudtrail", operation=operation, parameters=given, region=region)


def started(change: Change, arn: str) -> Call:
    """The call that makes a trail log again."""
    return calling(change, arn, "StartLogging", {"Name": arn})


def tag(key: str, value: str) -> dict[str, str]:
    """A tag as CloudTrail's SDK takes it: without a value where there is none, not an empty one.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Tag.html
    """
    return {"Key": key, "Value": value} if value else {"Key": key}


def _logging(value: str, parameters: Parameters, where: Where) -> Target:
    return named(text(parameters, "name"), where), (Edit(Part.LOGGING, ONLY, value),)


def _created(parameters: Parameters, where: Where) -> Target:
    """The trail with what it begins with, which is read."""
    return named(text(parameters, "name"), where), ()


def _start(change: Change, live: State, _edit: Edit, _: str | None) -> tuple[Call, ...]:
    return (started(change, live.arn),)


CALLS = (
    watching(
        name="StopLogging",
        parse=partial(_logging, "false"),
        restore=_start,
        permissions=(permitted("StartLogging"),),
    ),
    watching(
        name="StartLogging",
        parse=partial(_logging, "true"),
        irreversible="Snapback never stops a trail",
    ),
    watching(
        name="CreateTrail",
        parse=_created,
        lifecycle=Lifecycle.CREATED,
        irreversible="an extra trail is not deleted without a person",
    ),
)

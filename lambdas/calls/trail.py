"""Trails: stopped, narrowed, deleted."""

from collections.abc import Mapping

from lambdas.calls.watched import CLOUDTRAIL, Scope, Target, WatchedCall, Where, text
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject


def _stopped(parameters: Mapping[str, object], where: Where) -> Target:
    return named(text(parameters, "name"), where), (Edit(Part.LOGGING, ONLY, "false"),)


def named(name: str, where: Where) -> Subject:
    """The trail that a bare name or an ARN means: a bare name is one of the call's own region."""
    if Arn.parse(name):
        return Subject(Kind.TRAIL, name)
    return Subject(Kind.TRAIL, where.arn("cloudtrail", f"trail/{name}", region=where.region))


def _started(change: Change, live: State, _edit: Edit, _: str | None) -> tuple[Call, ...]:
    home = Arn.parse(live.arn)
    return (
        Call(
            service="cloudtrail",
            operation="StartLogging",
            parameters={"Name": live.arn},
            region=home.region if home else change.region,
        ),
    )


CALLS = (
    WatchedCall(
        source=CLOUDTRAIL,
        name="StopLogging",
        family=Family.TRAIL,
        scope=Scope.TRAIL_HOME,
        kind=Kind.TRAIL,
        parse=_stopped,
        restore=_started,
        permissions=(
            Permission(
                action="cloudtrail:StartLogging",
                resources=("arn:{partition}:cloudtrail:*:{account}:trail/*",),
            ),
        ),
    ),
)

"""Which actions and resources CloudTrail's calls need.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
"""

from collections.abc import Mapping
from typing import Any

from sandbox.gate.needs.iam import Row
from sandbox.gate.needs.need import Need
from sandbox.gate.needs.where import Where

_ON_TRAIL = {
    "DeleteTrail": "Name",
    "GetEventSelectors": "TrailName",
    "GetInsightSelectors": "TrailName",
    "GetTrail": "Name",
    "GetTrailStatus": "Name",
    "PutEventSelectors": "TrailName",
    "PutInsightSelectors": "TrailName",
    "StartLogging": "Name",
    "StopLogging": "Name",
    "UpdateTrail": "Name",
}
"""Operation -> the parameter with the trail's name or ARN."""

_ON_NOTHING = ("DescribeTrails", "ListTrails")


def _on_trail(operation: str, parameter: str) -> Row:
    def needs(parameters: Mapping[str, Any], where: Where) -> tuple[Need, ...]:
        name = str(parameters[parameter])
        arn = name if name.startswith("arn:") else where.arn("cloudtrail", f"trail/{name}")
        return (Need(f"cloudtrail:{operation}", arn),)

    return needs


def _on_nothing(operation: str) -> Row:
    return lambda _, __: (Need(f"cloudtrail:{operation}", "*"),)


ROWS: dict[tuple[str, str], Row] = {
    **{("cloudtrail", name): _on_trail(name, where) for name, where in _ON_TRAIL.items()},
    **{("cloudtrail", name): _on_nothing(name) for name in _ON_NOTHING},
}
"""(service, operation) -> what it needs."""

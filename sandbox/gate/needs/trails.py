"""Which actions and resources CloudTrail's calls need.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
"""

from sandbox.gate.needs.need import Need
from sandbox.gate.needs.row import Parameters, Row
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

_LOGS_ROLE = "CloudWatchLogsRoleArn"


def _on_trail(operation: str, parameter: str) -> Row:
    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        arn = _arn(str(parameters[parameter]), where)
        return (Need(f"cloudtrail:{operation}", arn), *_passed(parameters))

    return needs


def _arn(name: str, where: Where) -> str:
    return name if name.startswith("arn:") else where.arn("cloudtrail", f"trail/{name}")


def _passed(parameters: Parameters) -> tuple[Need, ...]:
    """A role that the trail is to use is passed to CloudTrail; an empty name takes it away.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    """
    role = parameters.get(_LOGS_ROLE)
    context = {"iam:passedtoservice": "cloudtrail.amazonaws.com"}
    return (Need("iam:PassRole", role, context),) if role else ()


def _created(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    arn = _arn(str(parameters["Name"]), where)
    tagging = (Need("cloudtrail:AddTags", arn),) if parameters.get("TagsList") else ()
    return (Need("cloudtrail:CreateTrail", arn), *tagging, *_passed(parameters))


def _tags(operation: str) -> Row:
    return lambda parameters, _: (Need(f"cloudtrail:{operation}", str(parameters["ResourceId"])),)


def _listed(parameters: Parameters, _: Where) -> tuple[Need, ...]:
    return tuple(Need("cloudtrail:ListTags", str(arn)) for arn in parameters["ResourceIdList"])


def _on_nothing(operation: str) -> Row:
    return lambda _, __: (Need(f"cloudtrail:{operation}", "*"),)


ROWS: dict[tuple[str, str], Row] = {
    **{("cloudtrail", name): _on_trail(name, where) for name, where in _ON_TRAIL.items()},
    **{("cloudtrail", name): _on_nothing(name) for name in _ON_NOTHING},
    ("cloudtrail", "CreateTrail"): _created,
    ("cloudtrail", "ListTags"): _listed,
    ("cloudtrail", "AddTags"): _tags("AddTags"),
    ("cloudtrail", "RemoveTags"): _tags("RemoveTags"),
}
"""(service, operation) -> what it needs."""

"""The check of the code: whether every function is what was deployed, how old, and when it ran."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from shlex import quote
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from cli.doctor.examined import Examined
from cli.doctor.stack import Stack
from lambdas.service.checking import Found

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

_NAME = re.compile("(Function)?[0-9A-F]{8}$")
_SLACK = timedelta(minutes=1)
"""Between a function's change and the end of the deployment that made it."""
_LOOKED_BACK = timedelta(days=14)
_SET_UP = ("Environment", "Handler", "MemorySize", "Role", "Runtime", "Timeout")
"""What decides, beside the code, what a function does; and its layers."""

Fault = tuple[str, str]
"""What is wrong, and the command that mends it."""
Digest = Callable[[str, str], str | None]
"""Bucket and key of an asset -> its digest as Lambda has it; None where it cannot be read."""


def code(examined: Examined) -> Found:
    """Whether all functions run the code that was deployed, how old it is, and when each last ran.

    What was deployed lies in the bucket that the template names. Who may not read it there is told
    of functions that were changed after the deployment, by their dates.
    """
    dates: dict[str, datetime] = {}
    faults: dict[str, list[Fault]] = {}
    for stack in examined.stacks:
        lambda_ = examined.client("lambda", stack)
        latest, digest = _ended(examined, stack) + _SLACK, _digests(examined, stack)
        for resource, properties in stack.each("AWS::Lambda::Function"):
            name = resource.physical_id
            live = lambda_.get_function_configuration(FunctionName=name)
            dates[name] = datetime.fromisoformat(live["LastModified"])
            wanted = {**stack.place.resolved(properties), "FunctionName": name}
            if found := [*_of_function(wanted, live, digest, since=latest)]:
                faults[name] = found
    if faults:
        says = (f"{name} {says}" for name, each in faults.items() for says, _ in each)
        put = (mend for each in faults.values() for _, mend in each)
        return Found("; ".join(says), (*map(_who, faults), *put), tuple(faults))
    age = _spelled(examined.now - max(dates.values()))
    return Found(f"as deployed, {age} old; last runs: {_last_runs(examined, tuple(dates))}")


def _of_function(
    wanted: Mapping[str, Any], live: Mapping[str, Any], digest: Digest, *, since: datetime
) -> Iterator[Fault]:
    """What of a function is not as the template says.

    https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
    """
    name, given = wanted["FunctionName"], wanted["Code"]
    bucket, key = str(given.get("S3Bucket")), str(given.get("S3Key"))
    put = f"aws lambda update-function-code --function-name {name}"
    meant = digest(bucket, key)
    if meant is not None and live["CodeSha256"] != meant:
        yield "runs other code than was deployed", f"{put} --s3-bucket {bucket} --s3-key {key}"
    elif meant is None and datetime.fromisoformat(live["LastModified"]) > since:
        says = "was changed after the last deployment, whose code could not be read"
        yield says, f"{put} --s3-bucket {bucket} --s3-key {key}"
    held = {each: live.get(each) for each in _SET_UP} | {"Layers": _layers(live)}
    should = {each: wanted.get(each) for each in _SET_UP} | {"Layers": [*wanted.get("Layers", [])]}
    if differing := [each for each, value in should.items() if held[each] != value]:
        given = {"FunctionName": name, **{each: should[each] for each in differing}}
        text = quote(json.dumps(given, separators=(",", ":")))
        mend = f"aws lambda update-function-configuration --cli-input-json {text}"
        yield f"has another {', '.join(differing)} than was deployed", mend


def _layers(live: Mapping[str, Any]) -> list[str]:
    return [each["Arn"] for each in live.get("Layers", [])]


def _digests(examined: Examined, stack: Stack) -> Digest:
    """What reads each asset once, as many functions have the same."""
    s3 = examined.client("s3", stack)

    @cache
    def digest(bucket: str, key: str) -> str | None:
        try:
            content: bytes = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError:
            return None
        return b64encode(sha256(content).digest()).decode()

    return digest


def _who(name: str) -> str:
    """The command that says who changed a function.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-cli.html
    """
    attribute = f"AttributeKey=ResourceName,AttributeValue={name}"
    return f"aws cloudtrail lookup-events --lookup-attributes {attribute}"


def _ended(examined: Examined, stack: Stack) -> datetime:
    """When the last deployment ended: the newest event of the stack about itself."""
    cloudformation: CloudFormationClient = examined.client("cloudformation", stack)
    pages = cloudformation.get_paginator("describe_stack_events")
    for page in pages.paginate(StackName=stack.name):
        own = [
            each["Timestamp"]
            for each in page["StackEvents"]
            if each.get("PhysicalResourceId") == stack.place.stack_id
        ]
        if own:
            return max(own)
    return stack.changed


def _last_runs(examined: Examined, names: tuple[str, ...]) -> str:
    """When each function last ran, as far as CloudWatch has counted it.

    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
    """
    cloudwatch = examined.session.client("cloudwatch")
    told = []
    for name in names:
        points = cloudwatch.get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName="Invocations",
            Dimensions=[{"Name": "FunctionName", "Value": name}],
            StartTime=examined.now - _LOOKED_BACK,
            EndTime=examined.now,
            Period=3600,
            Statistics=["Sum"],
        )["Datapoints"]
        ran = max((each["Timestamp"] for each in points if each["Sum"]), default=None)
        told.append(f"{_short(name)} {f'{ran:%m-%d %H}h' if ran else 'none counted'}")
    return ", ".join(told)


def _short(name: str) -> str:
    """A function's name without the stack's before it and the digests behind it."""
    return _NAME.sub("", name.split("-")[1]) if name.count("-") > 1 else name


def _spelled(age: timedelta) -> str:
    hours = int(age / timedelta(hours=1))
    return f"{age.days} days" if age.days else f"{hours} hours"

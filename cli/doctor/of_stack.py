"""The checks of the deployment itself: who looks, what is deployed, its code and its settings."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session

from cli.doctor.examined import Examined
from cli.doctor.stack import Stack
from lambdas.model.family import Family
from lambdas.service.checking import Found
from lambdas.settings import Settings, SettingsError, dump, from_context, load
from stacks.context import shipped

if TYPE_CHECKING:
    from boto3.session import Session
    from mypy_boto3_lambda import LambdaClient

_WELL = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"})
_EVALUATE = ".evaluate_change.handler"
_NAME = re.compile("(Function)?[0-9A-F]{8}$")
_SLACK = timedelta(minutes=1)
"""Between a function's change and the end of the deployment that made it."""
_LOOKED_BACK = timedelta(days=14)


def identity(examined: Examined) -> Found:
    """Who looks, into which account and region."""
    place = examined.stack.place
    where = f"account {place.account}, region {place.region}"
    return Found(f"{examined.caller} looks into {where}")


def deployment(examined: Examined) -> Found:
    """Whether every stack that the settings ask for is there, and was deployed to its end."""
    faulty = [stack for stack in examined.stacks if stack.status not in _WELL]
    says = [
        *(f"stack {stack.name} is {stack.status}" for stack in faulty),
        *(missing.says for missing in examined.missing),
    ]
    if not says:
        newest = max(stack.changed for stack in examined.stacks)
        return Found(f"{_stacks(examined)} last deployed at {newest:%Y-%m-%d %H:%M} UTC")
    look = [
        f"aws cloudformation describe-stack-events --stack-name {stack.name}"
        f" --region {stack.place.region}"
        for stack in faulty
    ]
    mend = [*look, *(["make deploy"] if faulty else ()), *(each.mend for each in examined.missing)]
    parts = (*(stack.name for stack in faulty), *(each.name for each in examined.missing))
    return Found("; ".join(says), tuple(dict.fromkeys(mend)), parts)


def _stacks(examined: Examined) -> str:
    return f"{', '.join(stack.name for stack in examined.stacks)}:"


def code(examined: Examined) -> Found:
    """Whether all functions run the code that was deployed, how old it is, and when each last ran.

    Functions that the template gives the same code have the same digest; whoever changes one
    outside a deployment leaves a later date.
    """
    lambda_ = examined.session.client("lambda")
    latest = _ended(examined) + _SLACK
    dates: dict[str, datetime] = {}
    digests: dict[str, set[str]] = {}
    sources: dict[str, str] = {}
    for resource, properties in examined.stack.each("AWS::Lambda::Function"):
        name, given = resource.physical_id, properties.get("Code", {})
        live = lambda_.get_function_configuration(FunctionName=name)
        dates[name] = datetime.fromisoformat(live["LastModified"])
        sources[name] = json.dumps(given, sort_keys=True)
        digests.setdefault(sources[name], set()).add(live["CodeSha256"])
    changed = [name for name, at in dates.items() if at > latest]
    mixed = [name for name, source in sources.items() if len(digests[source]) > 1]
    if changed or mixed:
        says = (
            f"changed after the last deployment: {', '.join(changed)}"
            if changed
            else f"deployed with the same code, and run different code: {', '.join(mixed)}"
        )
        parts = tuple(changed or mixed)
        put = [_put_code(name, sources[name], examined) for name in parts]
        return Found(says, (*map(_who, parts), *put), parts)
    age = _spelled(examined.now - max(dates.values()))
    ran = _last_runs(examined, tuple(dates))
    return Found(f"as deployed, {age} old; last runs: {ran}")


def _who(name: str) -> str:
    """The command that says who changed a function.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-cli.html
    """
    attribute = f"AttributeKey=ResourceName,AttributeValue={name}"
    return f"aws cloudtrail lookup-events --lookup-attributes {attribute}"


def _put_code(name: str, source: str, examined: Examined) -> str:
    """The command that gives a function the code of the template again."""
    given = examined.stack.place.resolved(json.loads(source))
    where = f"--s3-bucket {given.get('S3Bucket')} --s3-key {given.get('S3Key')}"
    return f"aws lambda update-function-code --function-name {name} {where}"


def _ended(examined: Examined) -> datetime:
    """When the last deployment ended: the newest event of the stack about itself."""
    stack = examined.stack
    pages = (
        examined.session.client("cloudformation")
        .get_paginator("describe_stack_events")
        .paginate(StackName=stack.name)
    )
    for page in pages:
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


def settings(examined: Examined) -> Found:
    """Whether what is deployed can be meant, is what cdk.json says, and reaches anybody."""
    try:
        live = deployed_settings(examined.session, examined.stack)
    except SettingsError as error:
        return Found(str(error), ("make deploy",), ("deployed settings",))
    reverted = [str(family) for family in Family if live.reverts(family)]
    says = f"undone without a person: {', '.join(reverted) or 'nothing'}"
    differing = [*_differing(live)]
    if differing:
        return Found(
            f"cdk.json says otherwise than what is deployed: {', '.join(differing)}",
            ("make deploy",),
            tuple(differing),
        )
    return Found(f"{says}; mailed: {', '.join(live.alert_emails)}")


def _differing(live: Settings) -> Iterator[str]:
    """The keys that cdk.json, where it can be meant, has otherwise."""
    try:
        local = from_context(shipped().get("snapback", {}))
    except SettingsError:
        return  # as it is shipped, nobody is mailed: it is not what was deployed from
    ours, theirs = json.loads(dump(local)), json.loads(dump(live))
    yield from (key for key in ours if ours[key] != theirs.get(key))


def deployed_settings(session: "Session", stack: Stack) -> Settings:
    """The settings that the functions are given.

    Raises:
        SettingsError: there are none, or they cannot be meant by this version.
    """
    lambda_ = session.client("lambda")
    evaluating = (
        resource.physical_id
        for resource, properties in stack.each("AWS::Lambda::Function")
        if str(properties.get("Handler", "")).endswith(_EVALUATE)
    )
    name = next(evaluating, None)
    if name is None:
        raise SettingsError("the stack has no evaluating function")
    live = lambda_.get_function_configuration(FunctionName=name)
    return load(_text(live.get("Environment", {}).get("Variables", {}), name, lambda_))


def _text(variables: Mapping[str, Any], name: str, lambda_: "LambdaClient") -> str:
    """The settings in a variable, or in a file of the code where they are too long for one."""
    if "SNAPBACK_SETTINGS_FILE" not in variables:
        return str(variables.get("SNAPBACK_SETTINGS", ""))
    where = lambda_.get_function(FunctionName=name)["Code"]["Location"]
    answer = URLLib3Session(timeout=30).send(AWSRequest("GET", where).prepare())
    with ZipFile(BytesIO(answer.content)) as packed:
        return packed.read(variables["SNAPBACK_SETTINGS_FILE"]).decode()

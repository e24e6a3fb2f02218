"""The checks of the deployment itself: who looks, what is deployed, and its settings."""

import json
from collections.abc import Iterator, Mapping
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

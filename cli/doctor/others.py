"""The other stacks: further regions', the trail's, the central one, however they were deployed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from cli.deployed import NotDeployedError
from cli.doctor.examined import Missing
from cli.doctor.stack import Stack, deployed
from lambdas.calls import CATALOG
from lambdas.calls.elsewhere import watches
from lambdas.settings import Settings
from lambdas.settings.central import BUS

if TYPE_CHECKING:
    from boto3.session import Session
    from mypy_boto3_cloudformation import CloudFormationClient

_TRAIL = "snapback"
"""The name of the trail that `createTrail` makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A stack that the settings ask for: its name where CDK deploys it, and what it holds.

    ``parts`` are resources of one type with fixed names, any of which tells the stack by another
    name, such as a StackSet's.
    """

    name: str
    region: str
    kind: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} in {self.region}"


def asked_for(settings: Settings, account: str) -> Iterator[Asked]:
    """The stacks beside the home stack, as `stacks.account` has them."""
    rules = tuple(watches(CATALOG.values()))
    for region in settings.regions:
        yield Asked(name=f"Snapback-{region}", region=region, kind="AWS::Events::Rule", parts=rules)
    if settings.create_trail:
        yield Asked(
            name="SnapbackTrail",
            region=settings.home_region,
            kind="AWS::CloudTrail::Trail",
            parts=(_TRAIL,),
        )
    if settings.central and settings.central.account == account:
        yield Asked(
            name="SnapbackCentral",
            region=settings.home_region,
            kind="AWS::Events::EventBus",
            parts=(BUS,),
        )


def others(
    session: "Session", account: str, settings: Settings
) -> tuple[tuple[Stack, ...], tuple[Missing, ...]]:
    """The other stacks, and which of them are not there or cannot be read."""
    found: list[Stack] = []
    missing: list[Missing] = []
    for asked in asked_for(settings, account):
        try:
            found.append(_stack(session, account, asked))
        except NotDeployedError:
            missing.append(Missing(str(asked), f"there is no stack {asked}", "make deploy"))
        except (ClientError, BotoCoreError) as error:
            says = f"stack {asked} could not be read: {error}"
            missing.append(Missing(str(asked), says, "snapback config regions --check"))
    return tuple(found), tuple(missing)


def _stack(session: "Session", account: str, asked: Asked) -> Stack:
    try:
        return deployed(session, account, asked.region, asked.name)
    except NotDeployedError:
        cloudformation = session.client("cloudformation", region_name=asked.region)
        holders = (_holder(cloudformation, asked.kind, part) for part in asked.parts)
        name = next(filter(None, holders), None)
        if name is None:
            raise
        return deployed(session, account, asked.region, name)


def _holder(cloudformation: "CloudFormationClient", kind: str, part: str) -> str | None:
    """The name of the stack that holds a resource, None where no stack does.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html
    """
    try:
        found = cloudformation.describe_stack_resources(PhysicalResourceId=part)["StackResources"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        return None
    held = (
        each["StackName"]
        for each in found
        if each.get("PhysicalResourceId") == part
        and each["ResourceType"] == kind
        and each["ResourceStatus"] != "DELETE_COMPLETE"
    )
    return next(held, None)

"""Deployment: a cloud assembly's assets uploaded, and its stacks created or updated."""

import json
import uuid
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from moto.cloudformation.models import Stack, cloudformation_backends

from sandbox import assembly
from sandbox.assembly import Asset, StackArtifact
from sandbox.cloudformation import unsupported
from sandbox.front import Front

_PARAMETER_FROM_STORE = "AWS::SSM::Parameter::Value<String>"
_BOOTSTRAP_VERSION = "30"


class DeploymentError(RuntimeError):
    """A stack cannot be deployed; the message names the stack and the reason."""


def deploy(front: Front, folder: Path, only: frozenset[str] = frozenset()) -> Iterator[Stack]:
    """Deploy the stacks of an assembly, or only those named; yields each when it is complete.

    Raises:
        AssemblyError: the folder is no assembly.
        DeploymentError: a stack cannot be deployed as it is.
    """
    for stack in assembly.read(folder, front.account):
        if only and stack.name not in only:
            continue
        region = stack.region or front.region
        for asset in stack.assets:
            _upload(front, asset, asset.region or region)
        yield _deploy(front, stack, region)


def _upload(front: Front, asset: Asset, region: str) -> None:
    """Upload into the bootstrap bucket, which any bootstrapped account has."""
    client = front.client("s3", region=region)
    place = {} if region == "us-east-1" else {"LocationConstraint": region}
    try:
        client.head_bucket(Bucket=asset.bucket)
    except ClientError:
        more = {"CreateBucketConfiguration": place} if place else {}
        client.create_bucket(Bucket=asset.bucket, **more)
    client.put_object(Bucket=asset.bucket, Key=asset.key, Body=asset.content())


def _deploy(front: Front, stack: StackArtifact, region: str) -> Stack:
    template = json.loads(stack.template)
    _refuse_unsupported(stack.name, template)
    _store_bootstrap_version(front, template, region)
    backend = cloudformation_backends[front.account][region]
    existing = next((s for s in backend.stacks.values() if s.name == stack.name), None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # moto warns of what it leaves out
            if existing is None:
                held: Stack = backend.create_stack(
                    stack.name, stack.template, dict(stack.parameters), tags=dict(stack.tags)
                )
            else:
                existing.update(stack.template, parameters=dict(stack.parameters))
                held = existing
    except Exception as error:
        raise DeploymentError(f"{stack.name}: {type(error).__name__}: {error}") from error
    if not held.status.endswith("_COMPLETE"):
        raise DeploymentError(f"{stack.name} stays {held.status}")
    return held


def _refuse_unsupported(name: str, template: Mapping[str, Any]) -> None:
    if cannot := unsupported(template):
        raise DeploymentError(f"{name}: the sandbox cannot deploy {cannot}")


def _store_bootstrap_version(front: Front, template: Mapping[str, Any], region: str) -> None:
    """The parameter by which a template makes sure that its account is bootstrapped."""
    for parameter in template.get("Parameters", {}).values():
        name = str(parameter.get("Default", ""))
        if parameter["Type"] == _PARAMETER_FROM_STORE and name.startswith("/cdk-bootstrap/"):
            front.client("ssm", region=region).put_parameter(
                Name=name, Value=_BOOTSTRAP_VERSION, Type="String", Overwrite=True
            )


def status_event(stack: Stack) -> dict[str, Any]:
    """The event that a stack's status makes.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/eb-events.html
    """
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "CloudFormation Stack Status Change",
        "source": "aws.cloudformation",
        "account": stack.account_id,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": stack.region_name,
        "resources": [stack.stack_id],
        "detail": {
            "stack-id": stack.stack_id,
            "status-details": {"status": stack.status, "status-reason": ""},
            "client-request-token": "",
        },
    }

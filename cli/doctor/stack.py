"""The stack: what CloudFormation deployed, with its template."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from cli.deployed import STACK, NotDeployedError
from cli.doctor.resolving import Place, Resource

if TYPE_CHECKING:
    from boto3.session import Session

Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A deployed stack: ``changed`` is when its last deployment began."""

    name: str
    status: str
    changed: datetime
    outputs: Mapping[str, str]
    template: Mapping[str, Any]
    place: Place

    def each(self, kind: str) -> Iterator[tuple[Resource, Properties]]:
        """The resources of a type that are deployed, with what the template says of them."""
        for name, resource in self.place.resources.items():
            if resource.kind == kind:
                yield resource, self.template["Resources"].get(name, {}).get("Properties", {})

    def output(self, name: str) -> str:
        """One of its outputs.

        Raises:
            NotDeployedError: it has none of that name.
        """
        if name not in self.outputs:
            raise NotDeployedError(f"stack {self.name} has no output {name}: deploy it anew")
        return self.outputs[name]


def deployed(session: "Session", account: str, region: str, name: str = STACK) -> Stack:
    """The stack as it is deployed.

    Raises:
        NotDeployedError: there is none; the message says what to do.
    """
    cloudformation = session.client("cloudformation", region_name=region)
    try:
        [found] = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        raise NotDeployedError(
            f"there is no stack {name} in {region} of account {account}: run `make deploy`, or name"
            " the region where it is with --region"
        ) from error
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=name)
    resources = {
        each["LogicalResourceId"]: Resource(
            each["LogicalResourceId"], each["PhysicalResourceId"], each["ResourceType"]
        )
        for page in pages
        for each in page["StackResourceSummaries"]
        if each.get("PhysicalResourceId") and each["ResourceStatus"] != "DELETE_COMPLETE"
    }
    return Stack(
        name=name,
        status=found["StackStatus"],
        changed=found.get("LastUpdatedTime", found["CreationTime"]),
        outputs={each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", [])},
        template=_template(cloudformation.get_template(StackName=name)["TemplateBody"]),
        place=Place(
            partition=found["StackId"].split(":")[1],
            region=region,
            account=account,
            stack_id=found["StackId"],
            resources=resources,
            parameters={
                each["ParameterKey"]: each["ParameterValue"] for each in found.get("Parameters", [])
            },
        ),
    )


def _template(body: Any) -> Mapping[str, Any]:
    """The template's body, which botocore gives as it was uploaded: CDK's is JSON."""
    found: Mapping[str, Any] = json.loads(body) if isinstance(body, str) else body
    return found

"""What a template says as it is once deployed, in an account that is made up."""

from typing import Any

from cli.doctor.resolving import Place, Resource
from tests.stacks.synthesized import Template

Where = tuple[str, str]
"""A partition and a region of it."""
HOME: Where = ("aws", "us-east-1")
GOV: Where = ("aws-us-gov", "us-gov-west-1")
"""Those with the longest names."""


def resolved(role: str, template: Template) -> list[dict[str, Any]]:
    """The statements of a role's policies, with what they refer to put in."""
    statements: list[dict[str, Any]] = place(template).resolved(template.statements(role))
    return statements


def resolved_boundary(role: str, template: Template, where: Where = HOME) -> list[dict[str, Any]]:
    """The statements of a role's boundary, with what they refer to put in."""
    _, properties = template.one("AWS::IAM::Role", role)
    boundary = template.each("AWS::IAM::ManagedPolicy")[properties["PermissionsBoundary"]["Ref"]]
    document = place(template, where).resolved(boundary["PolicyDocument"])
    statements: list[dict[str, Any]] = document["Statement"]
    return statements


def place(template: Template, where: Where = HOME) -> Place:
    """Where the template is deployed, with all that it makes."""
    partition, region = where
    return Place(
        partition=partition,
        region=region,
        account="123456789012",
        stack_id=f"arn:{partition}:cloudformation:{region}:123456789012:stack/Snapback/1",
        resources={
            name: Resource(name, _physical(name, resource["Type"], where), resource["Type"])
            for name, resource in template.body["Resources"].items()
        },
    )


def _physical(name: str, kind: str, where: Where) -> str:
    """Which is an ARN for some kinds."""
    partition, region = where
    before = {
        "AWS::IAM::ManagedPolicy": f"arn:{partition}:iam::123456789012:policy/",
        "AWS::SNS::Topic": f"arn:{partition}:sns:{region}:123456789012:",
    }
    return f"{before.get(kind, '')}Snapback-{name}"

"""What a template says as it is once deployed, in an account that is made up."""

from typing import Any

from cli.doctor.resolving import Place, Resource
from tests.stacks.synthesized import Template

_STACK = "arn:aws:cloudformation:us-east-1:123456789012:stack/Snapback/1"


def resolved(role: str, template: Template) -> list[dict[str, Any]]:
    """The statements of a role's policies, with what they refer to put in."""
    statements: list[dict[str, Any]] = place(template).resolved(template.statements(role))
    return statements


def place(template: Template) -> Place:
    """Where the template is deployed, with all that it makes."""
    return Place(
        partition="aws",
        region="us-east-1",
        account="123456789012",
        stack_id=_STACK,
        resources={
            name: Resource(name, _physical(name, resource["Type"]), resource["Type"])
            for name, resource in template.body["Resources"].items()
        },
    )


_BEFORE = {
    "AWS::IAM::ManagedPolicy": "arn:aws:iam::123456789012:policy/",
    "AWS::SNS::Topic": "arn:aws:sns:us-east-1:123456789012:",
}
"""Kind -> what stands before its name in its physical id, where that is an ARN."""


def _physical(name: str, kind: str) -> str:
    return f"{_BEFORE.get(kind, '')}Snapback-{name}"

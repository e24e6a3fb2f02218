"""Findings of the checks that are agreed to, with the reason, on the construct they concern."""

from aws_cdk import Acknowledgment, CfnResource, Validations
from constructs import IConstruct


def acknowledge(construct: IConstruct, reason: str, *rules: str) -> None:
    """Agree to what cdk-nag's or CDK's rules find on a construct and what is inside it."""
    Validations.of(construct).acknowledge(*(Acknowledgment(id=id_, reason=reason) for id_ in rules))


def acknowledge_lint(construct: IConstruct, reason: str, *rules: str) -> None:
    """Agree to what cfn-lint's rules find on a construct's resource.

    https://github.com/aws-cloudformation/cfn-lint#resource-based-metadata
    """
    resource = construct.node.default_child
    if not isinstance(resource, CfnResource):
        raise TypeError(f"{construct.node.path} is no resource that cfn-lint could look at")
    resource.add_metadata("cfn-lint", {"config": {"ignore_checks": [*rules]}, "reason": reason})

"""The boundary of a role: what its own policies allow, so that nothing added to it later counts."""

from collections.abc import Sequence

from aws_cdk import Aws
from aws_cdk import aws_iam as iam

from stacks.acknowledge import acknowledge
from stacks.denied import own
from stacks.function import Function
from stacks.permissions import reported

_READS = ["iam:Get*", "iam:List*"]
_IAM = f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:"
_NARROWER = "The role's own policies name kinds; which one an action is on follows from the action."


def bound(function: Function) -> None:
    """Bound a function's role by what it is allowed by now, and keep it off Snapback's own roles.

    The one managed policy that a boundary can be has room for 6,144 characters. Which kind of
    resource an action of IAM is on follows from the action, so that the account's ARN without a
    kind says the same as the kinds themselves.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    allowed = [each.copy(resources=_of_all_kinds(each.resources)) for each in function.allowed]
    kept_off = iam.PolicyStatement(
        sid="OwnRoles", effect=iam.Effect.DENY, not_actions=_READS, resources=own(function)
    )
    policy = iam.ManagedPolicy(
        function,
        "Boundary",
        description="What the role may do at most, whatever else is attached to it",
        statements=[*allowed, kept_off],
    )
    for resource in sorted({each for of in allowed for each in of.resources if "*" in each}):
        rule = f"AwsSolutions::AwsSolutions-IAM5[Resource::{reported(resource)}]"
        acknowledge(policy, _NARROWER, rule)
    iam.PermissionsBoundary.of(function.role).apply(policy)


def _of_all_kinds(resources: Sequence[str]) -> list[str]:
    widened = (f"{_IAM}*" if each.startswith(_IAM) else each for each in resources)
    return [*dict.fromkeys(widened)]

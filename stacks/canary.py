"""The canary: a function that tags a policy that nobody has, and can do nothing else."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from stacks.forwarding import LOGGED
from stacks.function import Function


class Canary:
    """The function with a role of its own, and the policy that it tags.

    The policy is attached to nobody and has no Allow. A policy's tags are nobody's power: those of
    a role would be its sessions' principal tags, by which other policies may decide.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
    """

    def __init__(self, scope: Construct, *, code: lambda_.Code) -> None:
        policy = iam.ManagedPolicy(
            scope,
            "CanaryPolicy",
            description="Snapback's canary tags it; it is attached to nobody and allows nothing",
            statements=[
                iam.PolicyStatement(
                    effect=iam.Effect.DENY, actions=["sts:AssumeRole"], resources=["*"]
                )
            ],
        )
        self.policy_arn = policy.managed_policy_arn
        self.function = Function(
            scope,
            "Canary",
            handler="canary",
            code=code,
            timeout=Duration.seconds(30),
            environment={**LOGGED, "CANARY_POLICY_ARN": self.policy_arn},
        )
        self.function.allow(
            iam.PolicyStatement(actions=["iam:TagPolicy"], resources=[self.policy_arn])
        )

    def known_to(self, *functions: Function) -> None:
        """Tell functions of the canary: who hears of it, and who looks whether it was heard."""
        for function in functions:
            function.know("CANARY_POLICY_ARN", self.policy_arn)
            function.know("CANARY_ROLE_ARN", self.function.role.role_arn)

    def seen_by(self, function: Function) -> None:
        """Let a function read when it flew."""
        function.allow(iam.PolicyStatement(actions=["iam:GetPolicy"], resources=[self.policy_arn]))

"""The topic that the functions' mails are sent through: encrypted, and open to Snapback only."""

from collections.abc import Iterable, Sequence

from aws_cdk import aws_iam as iam
from constructs import Construct

from stacks.topic import topic


class Alerts(Construct):
    """A topic with its key and its e-mail subscriptions."""

    def __init__(self, scope: Construct, id_: str, *, emails: Iterable[str]) -> None:
        super().__init__(scope, id_)
        self.topic, self.key = topic(self, of="what Snapback mails", name="Snapback", emails=emails)

    def publishing(self) -> list[iam.PolicyStatement]:
        """What a role needs to publish: the topic, and its key to encrypt with."""
        return [
            iam.PolicyStatement(actions=["sns:Publish"], resources=[self.topic.topic_arn]),
            iam.PolicyStatement(
                actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[self.key.key_arn]
            ),
        ]

    def only_from(self, roles: Sequence[iam.IRole]) -> None:
        """Let nobody publish but these roles and AWS services, so that no mail can be forged."""
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="OnlySnapbackPublishes",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={
                    "ArnNotEquals": {"aws:PrincipalArn": [role.role_arn for role in roles]},
                    "Bool": {"aws:PrincipalIsAWSService": "false"},
                },
            )
        )
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="SnapbackPublishes",
                principals=list(roles),
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
            )
        )

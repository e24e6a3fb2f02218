"""The topic that mails are sent through: encrypted, and open to Snapback and its alarms only."""

from collections.abc import Iterable, Sequence

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

_ALARMS = iam.ServicePrincipal("cloudwatch.amazonaws.com")
_OF_THIS_ACCOUNT = {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}


class Alerts(Construct):
    """A topic with its key and its e-mail subscriptions.

    CloudWatch can publish to an encrypted topic only if the key's own policy lets it.
    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """

    def __init__(self, scope: Construct, id_: str, *, emails: Iterable[str]) -> None:
        super().__init__(scope, id_)
        self.key = kms.Key(
            self,
            "Key",
            description="Encrypts what Snapback mails",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.topic = sns.Topic(
            self, "Topic", display_name="Snapback", master_key=self.key, enforce_ssl=True
        )
        for address in emails:
            self.topic.add_subscription(subscriptions.EmailSubscription(address))
        self._let_alarms_publish()

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

    def _let_alarms_publish(self) -> None:
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AlarmsPublish",
                principals=[_ALARMS],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions=_OF_THIS_ACCOUNT,
            )
        )
        self.key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AlarmsEncrypt",
                principals=[_ALARMS],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],
            )
        )

"""The topic of the alarms: CloudWatch publishes there, none of the functions has a part in it."""

from collections.abc import Iterable

from aws_cdk import Aws
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from constructs import Construct

from stacks.topic import topic

_CLOUDWATCH = iam.ServicePrincipal("cloudwatch.amazonaws.com")


class Alarms(Construct):
    """A topic with a key of its own, and the e-mail subscriptions that the alerts have, too.

    CloudWatch can publish to an encrypted topic only if the key's own policy lets it.
    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """

    def __init__(self, scope: Construct, id_: str, *, emails: Iterable[str]) -> None:
        super().__init__(scope, id_)
        self.topic, self._key = topic(
            self, of="the alarms about Snapback", name="Snapback alarm", emails=emails
        )
        self._only_from_cloudwatch()

    def sent(self, alarm: cloudwatch.Alarm, *, also_its_end: bool = False) -> None:
        """Have an alarm mailed when it begins, and when it ends if that says anything."""
        action = actions.SnsAction(self.topic)
        alarm.add_alarm_action(action)
        if also_its_end:
            alarm.add_ok_action(action)

    def _only_from_cloudwatch(self) -> None:
        """Let CloudWatch send this account's alarms, and nobody who is no AWS service send any."""
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="OnlyServicesPublish",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={"Bool": {"aws:PrincipalIsAWSService": "false"}},
            )
        )
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AlarmsPublish",
                principals=[_CLOUDWATCH],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
        self._key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AlarmsEncrypt",
                principals=[_CLOUDWATCH],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],
            )
        )

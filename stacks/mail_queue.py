"""The queue in which the mails of an organisation's accounts wait to be told together."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from lambdas.settings.central import TOLD_TOGETHER
from stacks.alarms import Alarms
from stacks.function import Function
from stacks.queue import sent_only_by, worked_off

TRIES = 10
"""With a visibility timeout of minutes, SNS may be out of reach for an hour."""
GATHERED = Duration.seconds(5)
"""For so long Lambda gathers messages; where few come, it may wait for 20 seconds all the same.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""
AT_ONCE = 2
"""Runs, the least that AWS allows: each sends one mail a second, and so all of them two.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
"""
_LATE = Duration.minutes(10)
"""Later than the second try of a message."""


class MailQueue(Construct):
    """A standard queue: a queue in order would hand out ten messages at once, and gather none."""

    def __init__(
        self, scope: Construct, id_: str, *, dead_letters: sqs.IQueue, timeout: Duration
    ) -> None:
        super().__init__(scope, id_)
        self.queue = worked_off(
            self, dead_letters=dead_letters, tries=TRIES, timeout=timeout, gathering=GATHERED
        )

    def only_from(self, rule: events.IRule) -> None:
        """Let nobody send but EventBridge for this rule: whoever can send can forge a mail.

        The rule's ARN holds its account, too.
        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
        """
        sent_only_by(self.queue, "OnlyTheRuleSends", {"aws:SourceArn": rule.rule_arn})

    def feed(self, consumer: Function) -> None:
        """Let a function take as many messages as one mail can tell of."""
        consumer.allow(
            iam.PolicyStatement(
                actions=["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
                resources=[self.queue.queue_arn],
            )
        )
        lambda_.EventSourceMapping(
            consumer,
            "Messages",
            target=consumer.function,
            event_source_arn=self.queue.queue_arn,
            batch_size=TOLD_TOGETHER,
            max_batching_window=GATHERED,
            max_concurrency=AT_ONCE,
            report_batch_item_failures=True,
        ).node.add_dependency(consumer.role)

    def watched(self, alarms: Alarms) -> None:
        """Raise an alarm when mails wait: nobody takes them, or they cannot be told.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
        """
        alarm = cloudwatch.Alarm(
            self,
            "AgeAlarm",
            alarm_description="Snapback: mails of other accounts have waited for ten minutes.",
            metric=self.queue.metric_approximate_age_of_oldest_message(
                period=Duration.minutes(1), statistic="Maximum"
            ),
            threshold=_LATE.to_seconds(),
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarms.sent(alarm)

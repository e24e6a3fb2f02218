"""Queues for what could not be handled, each with an alarm: nothing is dropped silently."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

from stacks.acknowledge import acknowledge
from stacks.queue import queue


class DeadLetters(Construct):
    """A queue that keeps what failed for 14 days, and an alarm as soon as it holds anything."""

    def __init__(self, scope: Construct, id_: str, *, of: str, topic: sns.ITopic) -> None:
        super().__init__(scope, id_)
        self.queue = queue(self)
        acknowledge(
            self.queue, "It is a dead-letter queue itself.", "AwsSolutions::AwsSolutions-SQS3"
        )
        alarm = cloudwatch.Alarm(
            self,
            "Alarm",
            alarm_description=f"Snapback could not handle {of}; they wait in {id_}.",
            metric=self.queue.metric_approximate_number_of_messages_visible(
                period=Duration.minutes(1), statistic="Maximum"
            ),
            threshold=0,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(actions.SnsAction(topic))

"""Queues for what could not be handled, each with an alarm: nothing is dropped silently."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from stacks.acknowledge import acknowledge
from stacks.alarms import Alarms
from stacks.queue import queue

_LOOK_BACK = 5
"""Minutes: the newest has no value yet, and the oldest none before it to be compared with."""


class DeadLetters(Construct):
    """A queue that keeps what failed for 14 days, and an alarm whenever it comes to hold more."""

    def __init__(self, scope: Construct, id_: str, *, of: str, alarms: Alarms) -> None:
        super().__init__(scope, id_)
        self.queue = queue(self)
        acknowledge(
            self.queue, "It is a dead-letter queue itself.", "AwsSolutions::AwsSolutions-SQS3"
        )
        alarm = cloudwatch.Alarm(
            self,
            "Alarm",
            alarm_description=f"Snapback could not handle {of}; they wait in {id_}.",
            metric=_more(self.queue),
            threshold=0,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=_LOOK_BACK,
            datapoints_to_alarm=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarms.sent(alarm)


def _more(queue: sqs.Queue) -> cloudwatch.MathExpression:
    """By how many letters a queue grew in a minute.

    An alarm on how many there are tells of the first one and then of none, until somebody has
    taken all out. How many were sent is no measure: SQS does not count what it moves there itself.
    A queue at which nobody looks has no values; without them as zero, the first has none before it.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    """
    return cloudwatch.MathExpression(
        expression="DIFF(FILL(letters, 0))",
        label="new letters",
        period=Duration.minutes(1),
        using_metrics={
            "letters": queue.metric_approximate_number_of_messages_visible(
                period=Duration.minutes(1), statistic="Maximum"
            )
        },
    )

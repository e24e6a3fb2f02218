"""Queues as all of ours are: encrypted, taken from and sent to over TLS only, kept for 14 days."""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct


def queue(
    scope: Construct,
    *,
    name: str | None = None,
    visibility_timeout: Duration | None = None,
    dead_letter_queue: sqs.DeadLetterQueue | None = None,
) -> sqs.Queue:
    """The one queue of a construct.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
    """
    return sqs.Queue(
        scope,
        "Queue",
        queue_name=name,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.days(14),
        visibility_timeout=visibility_timeout,
        dead_letter_queue=dead_letter_queue,
    )


def worked_off(
    scope: Construct,
    *,
    dead_letters: sqs.IQueue,
    tries: int,
    timeout: Duration,
    gathering: Duration | None = None,
) -> sqs.Queue:
    """A queue from which a function takes messages; what failed so often goes to the dead letters.

    The visibility timeout is six times the function's and the time of gathering, as AWS advises.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    gathered = gathering.to_seconds() if gathering else 0
    return queue(
        scope,
        visibility_timeout=Duration.seconds(6 * timeout.to_seconds() + gathered),
        dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=tries, queue=dead_letters),
    )


def sent_only_by(queue: sqs.Queue, sid: str, sender: Mapping[str, str | list[str]]) -> None:
    """Deny everybody else to send, whatever allows it; ``sender`` is a condition key with ARNs."""
    queue.add_to_resource_policy(
        iam.PolicyStatement(
            sid=sid,
            effect=iam.Effect.DENY,
            principals=[iam.AnyPrincipal()],
            actions=["sqs:SendMessage"],
            resources=[queue.queue_arn],
            conditions={"ArnNotEquals": sender},
        )
    )

"""The queue that carries which changes are to be undone."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from lambdas.settings import UNDO_TRIES
from stacks.function import Function
from stacks.queue import sent_only_by, worked_off


class UndoQueue(Construct):
    """A standard queue; what fails as often as the handler expects goes to the dead letters."""

    def __init__(
        self, scope: Construct, id_: str, *, dead_letters: sqs.IQueue, timeout: Duration
    ) -> None:
        super().__init__(scope, id_)
        self.queue = worked_off(self, dead_letters=dead_letters, tries=UNDO_TRIES, timeout=timeout)

    def only_from(self, *senders: Function) -> None:
        """Let nobody send but our functions: whoever can send can have a change undone."""
        send = ["sqs:SendMessage"]
        for sender in senders:
            sender.allow(iam.PolicyStatement(actions=send, resources=[self.queue.queue_arn]))
        roles = [sender.role.role_arn for sender in senders]
        sent_only_by(self.queue, "OnlyWhoAsksForUndosSends", {"aws:PrincipalArn": roles})

    def feed(self, consumer: Function) -> None:
        """Let a function take one message at a time, and give it back for a while."""
        consumer.allow(
            iam.PolicyStatement(
                actions=[
                    "sqs:ChangeMessageVisibility",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ReceiveMessage",
                ],
                resources=[self.queue.queue_arn],
            )
        )
        lambda_.EventSourceMapping(
            consumer,
            "Messages",
            target=consumer.function,
            event_source_arn=self.queue.queue_arn,
            batch_size=1,
            report_batch_item_failures=True,
        ).node.add_dependency(consumer.role)

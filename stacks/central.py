"""The central stack: bus and topic of a whole organisation, and the code of its accounts."""

from typing import Any

from aws_cdk import Aws, Duration, RemovalPolicy, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from lambdas.settings import Settings
from lambdas.settings.central import BUS, Central
from stacks import asset
from stacks.acknowledge import acknowledge
from stacks.alarms import Alarms
from stacks.alerts import Alerts
from stacks.dead_letters import DeadLetters
from stacks.failing import failing
from stacks.forwarding import LOGGED
from stacks.function import Function
from stacks.mail_queue import MailQueue

_SOURCE = "snapback"
_DETAIL_TYPE = "Snapback Mail"
_TIMEOUT = Duration.seconds(60)
"""Of a run: it sends three mails at most, each after a second, and SNS may make it try again."""
_PUBLISHED = ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration", "s3:ListBucket"]


def code_bucket(central: Central, region: str) -> str:
    """The name of the bucket that every account of the organisation takes the code from."""
    return f"snapback-code-{central.account}-{region}"


class CentralStack(Stack):
    """What one account of an organisation has for all of them."""

    def __init__(
        self, scope: Construct, id_: str, *, settings: Settings, central: Central, **options: Any
    ) -> None:
        description = "Snapback: tells one team of what every account of an organisation mails"
        super().__init__(scope, id_, description=description, **options)
        self._of_organization = {"StringEquals": {"aws:PrincipalOrgID": central.organization}}
        self._alerts = Alerts(self, "Alerts", emails=settings.alert_emails)
        self._alarms = Alarms(self, "Alarms", emails=settings.alert_emails)
        tell = self._tell()
        failing([tell], self._alarms)
        self._alerts.only_from([tell.role])
        self._queue(tell, self._bus())
        self._bucket(code_bucket(central, settings.home_region), settings.home_region)

    def _tell(self) -> Function:
        function = Function(
            self,
            "Tell",
            handler="tell_centrally",
            code=asset.code(None),
            timeout=_TIMEOUT,
            environment={**LOGGED, "TOPIC_ARN": self._alerts.topic.topic_arn},
        )
        function.allow(*self._alerts.publishing())
        return function

    def _bus(self) -> events.Rule:
        """A bus to which every account of the organisation may send mails, and nobody else.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions.html
        """
        bus = events.EventBus(self, "Bus", event_bus_name=BUS)
        events.CfnEventBusPolicy(
            self,
            "OrganizationSends",
            event_bus_name=bus.event_bus_name,
            statement_id="OrganizationSends",
            statement={
                "Sid": "OrganizationSends",
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": "events:PutEvents",
                "Resource": bus.event_bus_arn,
                "Condition": self._of_organization,
            },
        )
        return events.Rule(
            self,
            "Mails",
            description="Another account of the organisation has been mailed by its Snapback",
            event_bus=bus,
            event_pattern=events.EventPattern(source=[_SOURCE], detail_type=[_DETAIL_TYPE]),
        )

    def _queue(self, tell: Function, rule: events.Rule) -> None:
        """What the rule brings waits in a queue, so that one run can tell of many."""
        failed = self._dead_letters("FunctionDeadLetters", "mails of other accounts")
        mails = MailQueue(self, "MailQueue", dead_letters=failed.queue, timeout=_TIMEOUT)
        mails.only_from(rule)
        mails.feed(tell)
        mails.watched(self._alarms)
        undelivered = self._dead_letters("WatchDeadLetters", "events of other accounts")
        rule.add_target(
            targets.SqsQueue(
                mails.queue,
                dead_letter_queue=undelivered.queue,
                retry_attempts=185,
                max_event_age=Duration.hours(24),
            )
        )

    def _bucket(self, name: str, region: str) -> None:
        """The bucket of the code: CDK of this account writes it, the organisation reads it.

        A StackSet makes functions in other accounts from it; the bootstrap's own bucket is closed
        to them.
        """
        bucket = s3.Bucket(
            self,
            "Code",
            bucket_name=name,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            versioned=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        publisher = iam.ArnPrincipal(
            f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:"
            f"role/cdk-hnb659fds-file-publishing-role-{Aws.ACCOUNT_ID}-{region}"
        )
        objects = bucket.arn_for_objects("*")
        for principal, actions, resource, conditions in (
            (iam.AnyPrincipal(), ["s3:GetObject"], objects, self._of_organization),
            (publisher, ["s3:GetObject", "s3:PutObject"], objects, None),
            (publisher, _PUBLISHED, bucket.bucket_arn, None),
        ):
            bucket.add_to_resource_policy(
                iam.PolicyStatement(
                    principals=[principal],
                    actions=actions,
                    resources=[resource],
                    conditions=conditions,
                )
            )
        acknowledge(
            bucket,
            "It holds code that is no secret; a log of who reads it would need another bucket.",
            "AwsSolutions::AwsSolutions-S1",
        )

    def _dead_letters(self, id_: str, of: str) -> DeadLetters:
        return DeadLetters(self, id_, of=of, alarms=self._alarms)

"""The EventBridge rules that bring events to the functions: the watches."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from aws_cdk import Aws, Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from lambdas.calls.watched import CLOUDTRAIL, IAM, WatchedCall

_WHOLE = frozenset({IAM, CLOUDTRAIL})
"""Sources of which every change is taken, so that a new API call is not missed."""


class Watches(Construct):
    """One watch for each event source of the catalogue, and one for this stack's deployments."""

    def __init__(self, scope: Construct, id_: str, *, dead_letters: sqs.IQueue) -> None:
        super().__init__(scope, id_)
        self._dead_letters = dead_letters

    def changes(self, calls: Iterable[WatchedCall], target: lambda_.IFunction) -> None:
        """Bring the changes that the catalogue watches.

        A watch in state ENABLED gets no read-only management events, so names need not be listed.
        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
        """
        for source, group in groupby(sorted(calls, key=_source), key=_source):
            service = source.partition(".")[0]
            names = None if source in _WHOLE else sorted(call.name for call in group)
            self._watch(
                f"Changes-{service}",
                target,
                description=f"Changes that are made through {source}",
                source=f"aws.{service}",
                detail_type="AWS API Call via CloudTrail",
                detail={"eventSource": [source], "eventName": names} if names else None,
            )

    def deployments(self, target: lambda_.IFunction) -> None:
        """Bring word that this stack has been created or updated.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html
        """
        self._watch(
            "Deployments",
            target,
            description="This stack has been created or updated",
            source="aws.cloudformation",
            detail_type="CloudFormation Stack Status Change",
            detail={
                "stack-id": [Aws.STACK_ID],
                "status-details": {"status": ["CREATE_COMPLETE", "UPDATE_COMPLETE"]},
            },
        )

    def each_hour(self, target: lambda_.IFunction) -> None:
        """Invoke a function each hour, for what no event tells."""
        events.Rule(
            self,
            "EachHour",
            description="An hour has passed",
            schedule=events.Schedule.rate(Duration.hours(1)),
            targets=[self._target(target)],
        )

    def each_minute(self, target: lambda_.IFunction) -> None:
        """Invoke a function each minute, to see whether all of this still works."""
        events.Rule(
            self,
            "EachMinute",
            description="A minute has passed",
            schedule=events.Schedule.rate(Duration.minutes(1)),
            targets=[self._target(target)],
        )

    def each_ten_minutes(self, target: lambda_.IFunction) -> None:
        """Invoke a function every ten minutes, for what was gathered meanwhile."""
        events.Rule(
            self,
            "EachTenMinutes",
            description="Ten minutes have passed",
            schedule=events.Schedule.rate(Duration.minutes(10)),
            targets=[self._target(target)],
        )

    def _watch(
        self,
        id_: str,
        target: lambda_.IFunction,
        *,
        description: str,
        source: str,
        detail_type: str,
        detail: dict[str, Sequence[str] | dict[str, list[str]]] | None,
    ) -> None:
        events.Rule(
            self,
            id_,
            description=description,
            event_pattern=events.EventPattern(
                source=[source], detail_type=[detail_type], account=[Aws.ACCOUNT_ID], detail=detail
            ),
            targets=[self._target(target)],
        )

    def _target(self, function: lambda_.IFunction) -> targets.LambdaFunction:
        return targets.LambdaFunction(
            function,
            dead_letter_queue=self._dead_letters,
            retry_attempts=185,
            max_event_age=Duration.hours(24),
        )


def _source(call: WatchedCall) -> str:
    return call.source

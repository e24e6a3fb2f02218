"""The EventBridge rules that bring events to the functions: the watches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import Aws, Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from lambdas.calls.patterns import asked
from lambdas.calls.watched import WatchedCall
from stacks.own import ids_of


@dataclass(frozen=True, slots=True)
class AnotherBus:
    """A bus of another region, and the role that sends to it."""

    bus: events.IEventBus
    role: iam.IRole


Target = lambda_.IFunction | AnotherBus
"""What events are brought to."""


class Watches(Construct):
    """One watch for each event source of the catalogue, and one for this stack's deployments.

    Where they are ``named``, their names begin so; else CloudFormation makes them.
    """

    def __init__(
        self, scope: Construct, id_: str, *, dead_letters: sqs.IQueue, named: str | None = None
    ) -> None:
        super().__init__(scope, id_)
        self._dead_letters = dead_letters
        self._named = named

    def changes(self, calls: Iterable[WatchedCall], target: Target) -> None:
        """Bring the changes that the catalogue watches."""
        stack = Stack.of(self)
        for each in asked(calls, stack=stack.stack_name, ids=ids_of(stack)):
            self._watch(
                each.name,
                target,
                description=each.says,
                source=each.services,
                detail_types=each.detail_types,
                detail=each.detail,
            )

    def deployments(self, *targets: lambda_.IFunction) -> None:
        """Bring word that this stack has been created or updated.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html
        """
        self._watch(
            "Deployments",
            *targets,
            description="This stack has been created or updated",
            source=["aws.cloudformation"],
            detail_types=["CloudFormation Stack Status Change"],
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

    def each_day(self, target: lambda_.IFunction) -> None:
        """Invoke a function each day, to see whether what it does is heard of."""
        events.Rule(
            self,
            "EachDay",
            description="A day has passed",
            schedule=events.Schedule.rate(Duration.days(1)),
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
        *to: Target,
        description: str,
        source: Sequence[str],
        detail_types: Sequence[str],
        detail: Mapping[str, Any] | None,
    ) -> None:
        events.Rule(
            self,
            id_,
            rule_name=f"{self._named}-{id_.lower()}" if self._named else None,
            description=description,
            event_pattern=events.EventPattern(
                source=[*source],
                detail_type=[*detail_types],
                account=[Aws.ACCOUNT_ID],
                detail=detail,
            ),
            targets=[self._target(each) for each in to],
        )

    def _target(self, target: Target) -> events.IRuleTarget:
        """The target with its dead letters.

        Of events for another bus a rule takes no retry policy: EventBridge's own is as long.
        https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-events-rule-retrypolicy.html
        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
        """
        if isinstance(target, AnotherBus):
            return targets.EventBus(
                target.bus, role=target.role, dead_letter_queue=self._dead_letters
            )
        return targets.LambdaFunction(
            target,
            dead_letter_queue=self._dead_letters,
            retry_attempts=185,
            max_event_age=Duration.hours(24),
        )

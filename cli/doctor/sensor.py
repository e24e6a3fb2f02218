"""The sensor: the parts of the deployed stack as they are now, read with a person's credentials."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from cli.doctor.examined import Examined
from cli.doctor.stack import Stack
from lambdas.aws import canaries
from lambdas.aws.account import LiveAccount
from lambdas.calls.patterns import same
from lambdas.model.deployed import (
    SeenCanary,
    SeenFeed,
    SeenFunction,
    SeenQueue,
    SeenSubscription,
    SeenWatch,
)
from lambdas.model.state import States
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_sns.type_defs import SubscriptionTypeDef

_ABSENT = frozenset(
    {
        "ResourceNotFoundException",
        "AWS.SimpleQueueService.NonExistentQueue",
        "QueueDoesNotExist",
        "NotFound",
        "NoSuchEntity",
    }
)
_PENDING = "PendingConfirmation"


class StackSensor:
    """The stack's parts, as the port that the checks use."""

    def __init__(self, examined: Examined) -> None:
        self._examined = examined
        self._stack = examined.stack
        self._session = examined.session

    def trails(self) -> States:
        """All trails that log in the home region, those of other regions among them."""
        listed = self._session.client("cloudtrail").describe_trails(includeShadowTrails=True)[
            "trailList"
        ]
        subjects = [Subject(Kind.TRAIL, each["TrailARN"]) for each in listed]
        return LiveAccount().reading(subjects).states()

    def watches(self) -> tuple[SeenWatch, ...]:
        """The EventBridge rules, in every region."""
        return tuple(
            self._watch(resource.physical_id, stack.place.resolved(properties), stack)
            for stack in self._examined.stacks
            for resource, properties in stack.each("AWS::Events::Rule")
        )

    def deployed(self) -> None:
        """A person asks for what is there now: stacks that are not are named by another check."""

    def functions(self) -> tuple[SeenFunction, ...]:
        """The functions."""
        return tuple(self._function(name) for name in self._ids("AWS::Lambda::Function"))

    def feeds(self) -> tuple[SeenFeed, ...]:
        """The event source mappings."""
        return tuple(self._feed(name) for name in self._ids("AWS::Lambda::EventSourceMapping"))

    def topics(self) -> tuple[str, ...]:
        """The ARNs of the topics."""
        return tuple(self._ids("AWS::SNS::Topic"))

    def subscriptions(self) -> tuple[SeenSubscription, ...]:
        """The e-mail subscriptions of all topics."""
        pages = self._session.client("sns").get_paginator("list_subscriptions_by_topic")
        return tuple(
            _subscription(each)
            for topic in self.topics()
            for page in pages.paginate(TopicArn=topic)
            for each in page["Subscriptions"]
            if each["Protocol"] == "email"
        )

    def dead_letters(self) -> tuple[SeenQueue, ...]:
        """The queues that pass on nothing themselves: whatever comes into one stays there."""
        return tuple(
            SeenQueue(
                url=resource.physical_id,
                region=stack.place.region,
                letters=self._letters(resource.physical_id, stack),
            )
            for stack in self._examined.stacks
            for resource, properties in stack.each("AWS::SQS::Queue")
            if "RedrivePolicy" not in properties
        )

    def canary(self) -> SeenCanary | None:
        """The policy that the canary tags."""
        policies = self._stack.each("AWS::IAM::ManagedPolicy")
        arns = [each.physical_id for each, _ in policies if each.logical_id.startswith("Canary")]
        return canaries.seen(self._session.client("iam"), arns[0]) if arns else None

    def _ids(self, kind: str) -> Iterator[str]:
        """Of all stacks: those of further regions hold nothing that is asked for in this way."""
        return (
            resource.physical_id
            for stack in self._examined.stacks
            for resource, _ in stack.each(kind)
        )

    def _watch(self, physical_id: str, wanted: Mapping[str, Any], stack: Stack) -> SeenWatch:
        """A rule as it is; what it should be says the deployed template."""
        bus, _, name = physical_id.rpartition("|")
        region, on = stack.place.region, {"EventBusName": bus} if bus else {}
        events = self._examined.client("events", stack)
        rule = _seen(lambda: events.describe_rule(Name=name, **on))
        if rule is None:
            return SeenWatch(name=name, region=region, state=None)
        ours = {each["Arn"] for each in wanted["Targets"]}
        targets = events.list_targets_by_rule(Rule=name, **on)["Targets"]
        pattern = wanted.get("EventPattern")
        is_meant = pattern is None or same(rule.get("EventPattern"), pattern)
        return SeenWatch(
            name=name,
            region=region,
            state=rule["State"],
            targets=tuple(each["Arn"] for each in targets if each["Arn"] in ours),
            meant=None if is_meant else json.dumps(pattern),
        )

    def _function(self, name: str) -> SeenFunction:
        lambda_ = self._session.client("lambda")
        live = _seen(lambda: lambda_.get_function_configuration(FunctionName=name))
        if live is None:
            return SeenFunction(name=name, state=None)
        reserved = lambda_.get_function_concurrency(FunctionName=name)
        return SeenFunction(
            name=name,
            state=live.get("State", "Active"),
            last_update=live.get("LastUpdateStatus"),
            reserved=reserved.get("ReservedConcurrentExecutions"),
        )

    def _feed(self, uuid: str) -> SeenFeed:
        live = _seen(lambda: self._session.client("lambda").get_event_source_mapping(UUID=uuid))
        return SeenFeed(id=uuid, state=live["State"] if live else None)

    def _letters(self, url: str, stack: Stack) -> int | None:
        sqs = self._examined.client("sqs", stack)
        live = _seen(
            lambda: sqs.get_queue_attributes(
                QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"]
            )
        )
        return int(live["Attributes"]["ApproximateNumberOfMessages"]) if live else None


def _seen(read: Callable[[], Any]) -> Any:
    """What a read gives, or None where there is no such thing any more."""
    try:
        return read()
    except ClientError as error:
        if error.response["Error"]["Code"] not in _ABSENT:
            raise
        return None


def _subscription(each: "SubscriptionTypeDef") -> SeenSubscription:
    return SeenSubscription(
        topic=each["TopicArn"],
        endpoint=each["Endpoint"],
        confirmed=each["SubscriptionArn"] != _PENDING,
    )

"""The sensor: the parts of the deployed stack as they are now."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from lambdas.aws import canaries, clients, details
from lambdas.aws.account import LiveAccount
from lambdas.aws.elsewhere import Region
from lambdas.aws.reads import present
from lambdas.calls import CATALOG
from lambdas.calls.patterns import Asked, asked, same
from lambdas.model.arn import Arn, partition_of
from lambdas.model.deployed import (
    SeenCanary,
    SeenFeed,
    SeenFunction,
    SeenQueue,
    SeenSubscription,
    SeenWatch,
)
from lambdas.model.state import States
from lambdas.model.subject import Kind

_LETTERS = "ApproximateNumberOfMessages"
_DIGEST = 8
"""Characters that CDK puts behind a logical id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resource:
    logical_id: str
    id: str
    kind: str
    changed: datetime


class LiveSensor:
    """The parts of one stack, which is listed once, and of the regional stacks beside it.

    ``elsewhere`` reads these; it is asked once, and only if anybody wants to know.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html
    """

    def __init__(
        self,
        stack: str,
        region: str,
        canary: str | None = None,
        *,
        account: str = "",
        named: str = "Snapback",
        elsewhere: Callable[[], tuple[Region, ...]] = tuple,
    ) -> None:
        """``canary`` is the ARN of the policy that it tags; ``named`` begins the parts' names."""
        self._stack = stack
        self._region = region
        self._account = account
        self._named = named
        self._canary = canary
        self._elsewhere = elsewhere

    def trails(self) -> States:
        """All trails that log in this region; see the port."""
        subjects = details.trails(clients.cloudtrail(self._region))
        return LiveAccount().reading(subjects).states()

    def watches(self) -> tuple[SeenWatch, ...]:
        """The EventBridge rules, in every region."""
        here = [self._watch(each) for each in self._resources if each.kind == "AWS::Events::Rule"]
        return (*here, *(each for region in self._further for each in region.watches))

    def deployed(self) -> datetime | None:
        """When anything in the stack was last made or changed."""
        return max((each.changed for each in self._resources), default=None)

    def functions(self) -> tuple[SeenFunction, ...]:
        """The functions."""
        return tuple(_function(name) for name in self._ids("AWS::Lambda::Function"))

    def feeds(self) -> tuple[SeenFeed, ...]:
        """The event source mappings."""
        return tuple(_feed(uuid) for uuid in self._ids("AWS::Lambda::EventSourceMapping"))

    def topics(self) -> tuple[str, ...]:
        """The ARNs of the topics."""
        return tuple(self._ids("AWS::SNS::Topic"))

    def subscriptions(self) -> tuple[SeenSubscription, ...]:
        """The e-mail subscriptions: of one that is not confirmed, the list says so for its ARN.

        https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
        """
        pages = clients.sns().get_paginator("list_subscriptions_by_topic")
        return tuple(
            SeenSubscription(
                topic=topic,
                endpoint=each["Endpoint"],
                confirmed=each["SubscriptionArn"].startswith("arn:"),
            )
            for topic in self.topics()
            for page in pages.paginate(TopicArn=topic)
            for each in page["Subscriptions"]
            if each["Protocol"] == "email"
        )

    def dead_letters(self) -> tuple[SeenQueue, ...]:
        """The queues that pass on nothing themselves: what comes into one of these stays there."""
        seen = ((url, _queue(url)) for url in self._ids("AWS::SQS::Queue"))
        here = [
            SeenQueue(url=url, region=self._region, letters=int(held[_LETTERS]) if held else None)
            for url, held in seen
            if held is None or "RedrivePolicy" not in held
        ]
        return (*here, *(each for region in self._further for each in region.letters))

    def canary(self) -> SeenCanary | None:
        """The canary's policy; see the port."""
        return canaries.seen(clients.iam(), self._canary) if self._canary else None

    @cached_property
    def _further(self) -> tuple[Region, ...]:
        return self._elsewhere()

    @cached_property
    def _resources(self) -> tuple[_Resource, ...]:
        cloudformation = clients.cloudformation(self._region)
        pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=self._stack)
        return tuple(
            _Resource(
                logical_id=each["LogicalResourceId"],
                id=each["PhysicalResourceId"],
                kind=each["ResourceType"],
                changed=each["LastUpdatedTimestamp"],
            )
            for page in pages
            for each in page["StackResourceSummaries"]
            if "PhysicalResourceId" in each
        )

    def _ids(self, kind: str) -> Iterator[str]:
        return (each.id for each in self._resources if each.kind == kind)

    @cached_property
    def _functions(self) -> frozenset[str]:
        """The ARNs of the functions: to bring events to anything else is to lose them."""
        at = (partition_of(self._region), "lambda", self._region, self._account)
        names = self._ids("AWS::Lambda::Function")
        return frozenset(str(Arn(*at, f"function:{name}")) for name in names)

    @cached_property
    def _asked(self) -> Mapping[str, Asked]:
        """What each watch should ask for, by its logical id without the digest behind it."""
        ids = {
            Kind.KEY: [*self._ids("AWS::KMS::Key")],
            Kind.MAPPING: [*self._ids("AWS::Lambda::EventSourceMapping")],
        }
        found = asked(CATALOG.values(), stack=self._named, ids=ids)
        return {each.logical_id: each for each in found}

    def _watch(self, resource: _Resource) -> SeenWatch:
        events, name = clients.events(self._region), resource.id
        rule = present(lambda: events.describe_rule(Name=name))
        if rule is None:
            return SeenWatch(name=name, region=self._region, state=None)
        targets = events.list_targets_by_rule(Rule=name)["Targets"]
        ours = tuple(each["Arn"] for each in targets if each["Arn"] in self._functions)
        return SeenWatch(
            name=name,
            region=self._region,
            state=rule["State"],
            targets=ours,
            meant=self._meant(resource.logical_id[:-_DIGEST], rule.get("EventPattern")),
        )

    def _meant(self, logical_id: str, pattern: str | None) -> str | None:
        wanted = self._asked.get(logical_id)
        if wanted is None or same(pattern, meant := wanted.pattern(self._account)):
            return None
        return json.dumps(meant)


def _function(name: str) -> SeenFunction:
    """https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html."""
    lambda_ = clients.lambda_()
    live = present(lambda: lambda_.get_function_configuration(FunctionName=name))
    if live is None:
        return SeenFunction(name=name, state=None)
    limit = lambda_.get_function_concurrency(FunctionName=name)
    return SeenFunction(
        name=name,
        state=live.get("State", "Active"),
        last_update=live.get("LastUpdateStatus"),
        reserved=limit.get("ReservedConcurrentExecutions"),
    )


def _feed(uuid: str) -> SeenFeed:
    live = present(lambda: clients.lambda_().get_event_source_mapping(UUID=uuid))
    return SeenFeed(id=uuid, state=live["State"] if live else None)


def _queue(url: str) -> Any:
    names: Any = [_LETTERS, "RedrivePolicy"]
    found = present(lambda: clients.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=names))
    return None if found is None else found["Attributes"]

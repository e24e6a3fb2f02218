"""A deployed stack in memory: its parts, all well unless a test says otherwise."""

from dataclasses import dataclass, field
from datetime import datetime

from lambdas.model.deployed import (
    SeenCanary,
    SeenFeed,
    SeenFunction,
    SeenQueue,
    SeenSubscription,
    SeenWatch,
)
from lambdas.model.fault import Fault
from lambdas.model.state import ONLY, States
from tests.service.world import AT, TRAIL, state

TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts"
LETTERS = "https://sqs.us-east-1.amazonaws.com/123456789012/letters"
WATCH = SeenWatch(name="changes", region="us-east-1", state="ENABLED", targets=("arn:evaluate",))
EVALUATE = SeenFunction(name="evaluate", state="Active", last_update="Successful")
FEED = SeenFeed(id="uuid", state="Enabled")
MAIL = SeenSubscription(topic=TOPIC, endpoint="security@example.com", confirmed=True)
QUEUE = SeenQueue(url=LETTERS, region="us-east-1", letters=0)
CANARY = SeenCanary(made=AT, tagged=None)


def whole_trail(logging: str = "true", **parts: dict[str, str]):
    settings = {"IsMultiRegionTrail": "true", "IncludeGlobalServiceEvents": "true"}
    held = {"logging": {ONLY: logging}, "settings": settings, "event selectors": {}}
    return state(TRAIL, **{**held, **parts})


@dataclass
class FakeSensor:
    seen_trails: States = field(default_factory=lambda: States({TRAIL: whole_trail()}))
    seen_watches: tuple[SeenWatch, ...] = (WATCH,)
    seen_functions: tuple[SeenFunction, ...] = (EVALUATE,)
    seen_feeds: tuple[SeenFeed, ...] = (FEED,)
    seen_subscriptions: tuple[SeenSubscription, ...] = (MAIL,)
    seen_letters: tuple[SeenQueue, ...] = (QUEUE,)
    when_deployed: datetime | None = None
    seen_canary: SeenCanary | None = CANARY
    blind: bool = False

    def trails(self) -> States:
        return self.seen_trails

    def watches(self) -> tuple[SeenWatch, ...]:
        if self.blind:
            raise TimeoutError("DescribeRule")
        return self.seen_watches

    def deployed(self) -> datetime | None:
        return self.when_deployed

    def functions(self) -> tuple[SeenFunction, ...]:
        return self.seen_functions

    def feeds(self) -> tuple[SeenFeed, ...]:
        return self.seen_feeds

    def topics(self) -> tuple[str, ...]:
        return (TOPIC,)

    def subscriptions(self) -> tuple[SeenSubscription, ...]:
        return self.seen_subscriptions

    def canary(self) -> SeenCanary | None:
        return self.seen_canary

    def dead_letters(self) -> tuple[SeenQueue, ...]:
        return self.seen_letters


@dataclass
class FakeFaults:
    held: dict[str, Fault] = field(default_factory=dict)

    def lasting(self) -> tuple[Fault, ...]:
        return tuple(self.held.values())

    def keep(self, fault: Fault) -> None:
        self.held[fault.name] = fault

    def forget(self, fault: Fault) -> None:
        del self.held[fault.name]

"""Elsewhere: the parts of the regional stacks as they are now, found by their fixed names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.aws import clients
from lambdas.aws.reads import present, reason
from lambdas.calls import CATALOG
from lambdas.calls.elsewhere import LETTERS, NAMED, watches
from lambdas.calls.patterns import same
from lambdas.model.deployed import SeenQueue, SeenWatch

if TYPE_CHECKING:
    from mypy_boto3_events.type_defs import RuleTypeDef

_DEADLINE = 15.0
"""Seconds after which a region is given up: what is at home is to be asked about, too."""
_AT_ONCE = 16
_LETTERS: Literal["ApproximateNumberOfMessages"] = "ApproximateNumberOfMessages"


@dataclass(frozen=True, slots=True)
class Region:
    """What is in one further region; without any watch, nothing else is said of it."""

    watches: tuple[SeenWatch, ...]
    letters: tuple[SeenQueue, ...] = ()


def regions(names: Sequence[str], home_bus: str) -> tuple[Region, ...]:
    """What is in these regions, all asked at once; one that does not answer is told of as unread.

    ``home_bus`` is the ARN of the bus that their watches bring events to.
    """
    asked = {name: _pool().submit(_region, name, home_bus) for name in names}
    wait(asked.values(), timeout=_DEADLINE)
    return tuple(_answer(name, future) for name, future in asked.items())


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="region")


def _answer(name: str, asked: "Future[Region]") -> Region:
    if not asked.done():
        asked.cancel()
        return _unread(name, f"no answer within {_DEADLINE:.0f} seconds")
    try:
        return asked.result()
    except (BotoCoreError, ClientError) as error:
        return _unread(name, reason(error))


def _unread(name: str, why: str) -> Region:
    return Region((SeenWatch(name=f"{NAMED}-*", region=name, state=None, unread=why),))


def _region(name: str, home_bus: str) -> Region:
    """Three reads, however many watches there are.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html
    """
    events = clients.events(name)
    rules = events.get_paginator("list_rules").paginate(NamePrefix=f"{NAMED}-")
    held = {each["Name"]: each for page in rules for each in page["Rules"]}
    pages = events.get_paginator("list_rule_names_by_target").paginate(TargetArn=home_bus)
    account = home_bus.split(":")[4]
    bringing = {*chain.from_iterable(page["RuleNames"] for page in pages)}
    found = tuple(
        SeenWatch(
            name=each,
            region=name,
            state=held[each]["State"] if each in held else None,
            targets=(home_bus,) if each in bringing else (),
            meant=_meant(asked.pattern(account), held[each]) if each in held else None,
        )
        for each, asked in watches(CATALOG.values()).items()
    )
    return Region(found, tuple(_letters(name)) if held else ())


def _meant(pattern: Mapping[str, Any], live: "RuleTypeDef") -> str | None:
    return None if same(live.get("EventPattern"), pattern) else json.dumps(pattern)


def _letters(region: str) -> Iterator[SeenQueue]:
    """The queue of what could not be forwarded; its URL stays the same while its name does."""
    url = present(partial(_url, region))
    held = present(partial(_held, url, region)) if url else None
    yield SeenQueue(url=url or LETTERS, region=region, letters=held)


@cache
def _url(region: str) -> str:
    return clients.sqs(region).get_queue_url(QueueName=LETTERS)["QueueUrl"]


def _held(url: str, region: str) -> int:
    """How many messages a queue holds.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
    """
    answer = clients.sqs(region).get_queue_attributes(QueueUrl=url, AttributeNames=[_LETTERS])
    return int(answer["Attributes"][_LETTERS])

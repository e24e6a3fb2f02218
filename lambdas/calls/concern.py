"""Concern: whether a call is about Snapback itself, or about what it depends on."""

from collections.abc import Callable

from lambdas.calls import self_computing, self_keeping, self_telling
from lambdas.calls.holders import Parameters
from lambdas.calls.parts import Sort
from lambdas.calls.watched import UnreadableParametersError, Where
from lambdas.model.arn import Arn
from lambdas.model.subject import FED, PARTS, WATCHFUL, Kind, Subject

Feeds = Callable[[Subject], bool]
"""Whether a trail writes to a bucket, or by a key."""

SORTS: tuple[Sort, ...] = (
    self_computing.WATCH,
    self_computing.FUNCTION,
    self_computing.MAPPING,
    self_computing.STACK,
    self_telling.TOPIC,
    self_telling.SUBSCRIPTION,
    self_telling.QUEUE,
    self_telling.ALARM,
    self_keeping.TABLE,
    self_keeping.KEY,
    self_keeping.LOG_GROUP,
)
"""The sorts of which only Snapback's own are watched, by any call that changes them."""
_IDENTITIES = frozenset({Kind.ROLE, Kind.POLICY})


def none_feeds(_: Subject) -> bool:
    """No trail is known."""
    return False


def concerns(subject: Subject, where: Where, feeds: Feeds) -> bool:
    """Whether a subject is Snapback's, or something that it depends on."""
    if subject.kind in WATCHFUL:
        return True
    arn = Arn.parse(subject.name)
    is_here = arn is None or arn.account in ("", where.account)
    if is_here and where.own.has(bare(subject)):
        return subject.kind in PARTS | _IDENTITIES
    return subject.kind in FED and feeds(subject)


def part(source: str, parameters: Parameters, where: Where) -> Subject | None:
    """The part of Snapback that a call of a source names, whatever the call; None if none."""
    for sort in SORTS:
        if sort.source == source:
            try:
                subject = sort.located(parameters, where)
            except UnreadableParametersError:
                continue
            if concerns(subject, where, none_feeds):
                return subject
    return None


def bare(subject: Subject) -> str:
    """A subject's name without the head of its ARN; a subscription's begins as its topic's."""
    arn = Arn.parse(subject.name)
    if arn is None:
        return subject.name
    head = _HEADS.get(subject.kind)
    return arn.name if head is None else arn.resource.removeprefix(head)


_HEADS = {sort.kind: sort.resource.partition("{}")[0] for sort in SORTS}

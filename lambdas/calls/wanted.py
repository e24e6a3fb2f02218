"""What the watches of noisy services ask for: Snapback's own parts by name, the rest by call.

Only the calls of the catalogue are asked for where Snapback's own running makes other ones, such as
the streams of a function's log: each would come as an event, and wake the function again. Data
events, such as a function's own invocations, are left out for the same reason.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lambdas.calls.concern import SORTS
from lambdas.calls.parts import Sort
from lambdas.calls.watched import WatchedCall
from lambdas.model.family import Family
from lambdas.model.subject import FED, WATCHFUL, Kind

LONGEST = 2048
"""Characters of a pattern that EventBridge takes.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
"""
_GROUPS: Mapping[str, frozenset[Kind]] = {
    "own-computing": frozenset({Kind.WATCH, Kind.FUNCTION, Kind.MAPPING, Kind.STACK}),
    "own-telling": frozenset({Kind.TOPIC, Kind.SUBSCRIPTION, Kind.QUEUE, Kind.ALARM, Kind.TABLE}),
}
"""A watch -> the kinds of part of which it takes every change: few watches, each of few fields."""
_LISTED = frozenset({Kind.LOG_GROUP})
"""The kinds of part on which Snapback's own running makes calls."""
_NAMES = ("Snapback", "snapback")
"""What stands in the names of Snapback's stacks and of what they hold."""
_GRANTS = ("CreateGrant", "RevokeGrant")
"""What services do all day on keys in somebody's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One watch: the event sources, and what it asks of the detail beside them."""

    name: str
    sources: tuple[str, ...]
    detail: Mapping[str, Any]

    @property
    def services(self) -> tuple[str, ...]:
        """The sources as events name them: aws.lambda."""
        return tuple(f"aws.{source.partition('.')[0]}" for source in self.sources)


def wanted(
    calls: Iterable[WatchedCall], *, stack: str, ids: Mapping[Kind, Sequence[str]]
) -> Iterator[Wanted]:
    """The watches for the calls of family ``self`` among these.

    ``stack`` is how the names begin of what the stack holds; ``ids`` are those of its keys and
    event source mappings, which have no names.
    """
    ours = [call for call in calls if call.family is Family.SELF]
    names = _NAMES if _NAMES[0] in stack else (*_NAMES, stack)
    for name, kinds in _GROUPS.items():
        sorts = [sort for sort in SORTS if sort.kind in kinds]
        fields = [*_fields(sorts, names, ids.get(Kind.MAPPING, ()))]
        yield _wanted(name, sorts, {"managementEvent": [True], "$or": fields})
    logs = [sort for sort in SORTS if sort.kind in _LISTED]
    named = {"eventName": _names(ours, _LISTED), "$or": [*_fields(logs, names, ())]}
    yield _wanted("own-logs", logs, named)
    yield _keys(ours, ids.get(Kind.KEY, ()))
    yield from _everywhere(ours)


def _wanted(name: str, sorts: Sequence[Sort], detail: Mapping[str, Any]) -> Wanted:
    sources = tuple(sorted({sort.source for sort in sorts}))
    return Wanted(name=name, sources=sources, detail={"eventSource": [*sources], **detail})


def _fields(
    sorts: Iterable[Sort], names: Sequence[str], mappings: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    """For each parameter that may hold a name, an ARN or a URL: one of ours may stand in it.

    What is not Snapback's and has its name within its own is told apart by the function.
    """
    anywhere = [{"wildcard": f"*{name}*"} for name in names]
    for field in dict.fromkeys(field for sort in sorts for field in sort.named_by):
        forms: Any = [*mappings] if field.lower() == "uuid" else anywhere
        if forms:
            for key in reversed(field.split(".")):
                forms = {key: forms}
            yield {"requestParameters": forms}


def _keys(ours: Iterable[WatchedCall], ids: Sequence[str]) -> Wanted:
    """Of any key what breaks it, for a trail may need it; of grants those that people make.

    Grants on Snapback's own keys are taken whoever makes them.
    """
    names = [name for name in _names(ours, {Kind.KEY}) if name not in _GRANTS]
    own = [*ids, *({"wildcard": f"*key/{each}"} for each in ids)]
    branches = [
        {"eventName": names},
        {"eventName": [*_GRANTS], "userIdentity": {"invokedBy": [{"exists": False}]}},
        *([{"eventName": [*_GRANTS], "requestParameters": {"keyId": own}}] if own else ()),
    ]
    source = "kms.amazonaws.com"
    detail = {"eventSource": [source], "$or": branches}
    return Wanted(name="keys", sources=(source,), detail=detail)


def _everywhere(ours: Sequence[WatchedCall]) -> Iterator[Wanted]:
    """What is minded wherever it happens in the account: buckets, and the other sensors."""
    for name, kinds in (("buckets", FED - {Kind.KEY}), ("sensors", WATCHFUL)):
        sources = tuple(sorted({call.source for call in ours if call.kind in kinds}))
        detail = {"eventSource": [*sources], "eventName": _names(ours, kinds)}
        yield Wanted(name=name, sources=sources, detail=detail)


def _names(ours: Iterable[WatchedCall], kinds: Iterable[Kind]) -> list[str]:
    return sorted({call.name for call in ours if call.kind in kinds})

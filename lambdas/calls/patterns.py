"""Patterns: what each watch of changes asks EventBridge for.

The stacks deploy these, and the watch clock compares what is there with them.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from lambdas.calls.wanted import wanted
from lambdas.calls.watched import CLOUDTRAIL, IAM, SIGN_IN, WatchedCall
from lambdas.model.family import Family
from lambdas.model.subject import Kind

_WHOLE = frozenset({IAM, CLOUDTRAIL})
"""Sources of which every change is taken, so that a new API call is not missed."""
_API_CALL = ("AWS API Call via CloudTrail",)
_DETAIL_TYPES = {
    SIGN_IN: ("AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail", *_API_CALL)
}
"""Source -> how its events are called where that is not as API calls are.

AWS spells it in both ways.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-aws-service-specific-topics.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One watch: its name without what the stack puts before it, and what it asks for."""

    name: str
    says: str
    services: tuple[str, ...]
    detail_types: tuple[str, ...] = _API_CALL
    detail: Mapping[str, Any] | None = None

    @property
    def logical_id(self) -> str:
        """Its logical id in the home stack, without the digest that CDK puts behind it."""
        return f"Watches{self.name.replace('-', '')}"

    def pattern(self, account: str) -> Mapping[str, Any]:
        """As EventBridge takes it; only this account's events are let in."""
        found = {
            "account": [account],
            "detail-type": [*self.detail_types],
            "source": [*self.services],
        }
        return {**found, "detail": self.detail} if self.detail else found


def asked(
    calls: Iterable[WatchedCall], *, stack: str, ids: Mapping[Kind, Sequence[str]]
) -> Iterator[Asked]:
    """One watch for each event source of these calls, and those for Snapback's own parts.

    A watch in state ENABLED gets no read-only management events, so names need not be listed. What
    ``stack`` and ``ids`` are, `wanted` says.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
    """
    known = [*calls]
    by_source = attrgetter("source")
    others = sorted((call for call in known if call.family is not Family.SELF), key=by_source)
    for source, group in groupby(others, key=by_source):
        service = source.partition(".")[0]
        names = None if source in _WHOLE else sorted(call.name for call in group)
        yield Asked(
            name=f"Changes-{service}",
            says=f"Changes that are made through {source}",
            services=(f"aws.{service}",),
            detail_types=_DETAIL_TYPES.get(source, _API_CALL),
            detail={"eventSource": [source], "eventName": names} if names else None,
        )
    for each in wanted(known, stack=stack, ids=ids):
        yield Asked(
            name=f"Tampering-{each.name}",
            says=f"Changes that could make Snapback blind or mute: {each.name}",
            services=each.services,
            detail=each.detail,
        )


def same(live: str | None, pattern: Mapping[str, Any]) -> bool:
    """Whether a pattern as AWS has it asks for the same: the order of a list means nothing.

    Raises:
        ValueError: it is no JSON.
    """
    return live is not None and _plain(json.loads(live)) == _plain(pattern)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted(json.dumps(_plain(each), sort_keys=True) for each in value)
    return str(value).lower() if isinstance(value, bool) else value

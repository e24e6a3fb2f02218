"""Subscriptions: one that waits to be confirmed has no ARN yet, in any list.

https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from moto.sns.models import SNSBackend, Subscription

from sandbox.mending.patch import Patch

_PENDING = "PendingConfirmation"


def _listing(listed: Callable[..., Any]) -> Callable[..., Any]:
    def listing(*place: Any, **page: Any) -> tuple[list[Subscription], str | None]:
        found, token = listed(*place, **page)
        return [_pending(each) if _waits(each) else each for each in found], token

    return listing


def _waits(held: Subscription) -> bool:
    """Whether it waits: those of queues and functions never do, whatever moto's flag says."""
    return bool(held.attributes.get("PendingConfirmation") == "true")


def _pending(held: Subscription) -> Subscription:
    shown = copy(held)
    shown.arn = _PENDING
    return shown


PATCHES = tuple(
    Patch(SNSBackend, name, _listing(getattr(SNSBackend, name)))
    for name in ("list_subscriptions", "list_subscriptions_by_topic")
)

"""Mail: what the e-mail subscribers of SNS topics receive.

https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
"""

import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import UTC, datetime

from moto.sns.models import Subscription

PROTOCOLS = ("email", "email-json")
_LIMIT = 10
"""Messages a second and subscription; one more makes SNS deactivate it."""
_NO_SUBJECT = "AWS Notification Message"
_FOOTER = """

--
This notification comes from Amazon SNS. To receive no more of them, follow this link:
https://sns.{region}.amazonaws.com/unsubscribe.html?SubscriptionArn={arn}&Endpoint={to}

Replies to this address are not read. For help see https://aws.amazon.com/support
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail as a subscriber receives it."""

    to: str
    subject: str
    body: str
    at: datetime


def confirm(subscription: Subscription) -> None:
    """Make a subscription one whose owner has followed the confirmation link."""
    subscription.confirmed = True
    subscription.attributes["PendingConfirmation"] = "false"


def unconfirm(subscription: Subscription) -> None:
    """Make it one that waits for its owner, as a new or a deactivated one does."""
    subscription.confirmed = False
    subscription.attributes["PendingConfirmation"] = "true"


class Mailbox:
    """All mails sent to anyone; safe to use from many threads."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self._lock = threading.Lock()
        self._recent: defaultdict[str, deque[float]] = defaultdict(deque)

    def deliver(self, subscription: Subscription, message: str, subject: str | None) -> None:
        """Send a mail, if the subscription is confirmed and not over its rate."""
        with self._lock:
            if not subscription.confirmed:
                return
            if self._flooded(subscription.arn):
                unconfirm(subscription)
                return
            self.mails.append(_mail(subscription, message, subject))

    def _flooded(self, arn: str) -> bool:
        now = time.monotonic()
        recent = self._recent[arn]
        while recent and now - recent[0] >= 1.0:
            recent.popleft()
        recent.append(now)
        return len(recent) > _LIMIT


def _mail(subscription: Subscription, message: str, subject: str | None) -> Mail:
    to = subscription.endpoint
    footer = _FOOTER.format(
        region=subscription.topic.sns_backend.region_name, arn=subscription.arn, to=to
    )
    return Mail(to=to, subject=subject or _NO_SUBJECT, body=message + footer, at=datetime.now(UTC))

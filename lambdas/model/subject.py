"""Subjects: what a change changes."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing a subject is."""

    USER = "user"
    ROLE = "role"
    GROUP = "group"
    POLICY = "policy"
    TRAIL = "trail"
    ROOT = "root user"
    """Of an account: its credentials are changed by itself only, and nothing of it is readable."""
    MFA_DEVICE = "MFA device"
    """A virtual one by itself, whether it is anybody's or not."""
    OIDC_PROVIDER = "OIDC provider"
    SAML_PROVIDER = "SAML provider"
    ACCOUNT = "account"
    """Itself, with the settings of IAM that hold for all that is in it."""
    DELEGATION_REQUEST = "delegation request"
    """Of a product's provider, for access to the account for a while."""
    INSTANCE_PROFILE = "instance profile"
    SERVER_CERTIFICATE = "server certificate"
    EVENT_DATA_STORE = "event data store"
    WATCH = "watch"
    """An EventBridge rule."""
    BUS = "event bus"
    FUNCTION = "function"
    MAPPING = "event source mapping"
    TOPIC = "topic"
    SUBSCRIPTION = "subscription"
    QUEUE = "queue"
    TABLE = "table"
    KEY = "key"
    LOG_GROUP = "log group"
    ALARM = "alarm"
    STACK = "stack"
    BUCKET = "bucket"
    GUARDDUTY = "GuardDuty"
    CONFIG = "AWS Config"
    SECURITY_HUB = "Security Hub"
    ANALYZER = "access analyzer"


RENAMED = frozenset({Kind.USER, Kind.GROUP, Kind.SERVER_CERTIFICATE})
"""The kinds that can go by another name: roles and policies cannot be renamed.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
"""
WATCHFUL = frozenset({Kind.BUS, Kind.GUARDDUTY, Kind.CONFIG, Kind.SECURITY_HUB, Kind.ANALYZER})
"""What watches over the account beside Snapback, and the bus: all of them are minded."""
FED = frozenset({Kind.BUCKET, Kind.KEY})
"""What trails write to or by: those that none does are no concern."""
PARTS = (
    frozenset(
        {
            Kind.WATCH,
            Kind.FUNCTION,
            Kind.MAPPING,
            Kind.TOPIC,
            Kind.SUBSCRIPTION,
            Kind.QUEUE,
            Kind.TABLE,
            Kind.LOG_GROUP,
            Kind.ALARM,
            Kind.STACK,
        }
    )
    | WATCHFUL
    | FED
)
"""The kinds of what Snapback is made of or depends on, beside roles and trails."""
UNREAD = PARTS
"""The parts of which nothing is read: the event alone tells what became of them."""
BY_ARN = PARTS | {
    Kind.TRAIL,
    Kind.OIDC_PROVIDER,
    Kind.SAML_PROVIDER,
    Kind.EVENT_DATA_STORE,
}
"""The kinds whose unique id is their ARN, which is known even when they are gone."""
NAMED = RENAMED | {Kind.INSTANCE_PROFILE}
"""The kinds of which it is remembered who had a name: it may be renamed, or gone."""
PRINCIPALS = frozenset({Kind.USER, Kind.ROLE})
"""The kinds that can act: a group and a policy only lend power to these."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A subject as calls name it: users, roles, groups and server certificates by name.

    Instance profiles go by name, too. Policies, trails, event data stores, identity providers and
    Snapback's parts go by ARN, an account by its id, the root user by its account, an MFA device by
    its serial number, a delegation request by its id.
    """

    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

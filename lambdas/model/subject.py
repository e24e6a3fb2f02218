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
    """A virtual one that belongs to nobody any more."""
    SERVER_CERTIFICATE = "server certificate"
    EVENT_DATA_STORE = "event data store"


RENAMED = frozenset({Kind.USER, Kind.GROUP, Kind.SERVER_CERTIFICATE})
"""The kinds that can go by another name: roles and policies cannot be renamed.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
"""
ADDRESSED = frozenset({Kind.TRAIL, Kind.EVENT_DATA_STORE})
"""The kinds whose ARN is all that identifies them, also once they are gone."""
PRINCIPALS = frozenset({Kind.USER, Kind.ROLE})
"""The kinds that can act: a group and a policy only lend power to these."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A subject as calls name it: users, roles, groups and server certificates by name.

    Policies, trails and event data stores go by their ARN, the root user by its account, an MFA
    device by its serial number.
    """

    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

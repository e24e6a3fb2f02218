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
    INSTANCE_PROFILE = "instance profile"


RENAMED = frozenset({Kind.USER, Kind.GROUP})
"""The kinds that can go by another name: roles and policies cannot be renamed.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
"""
NAMED = RENAMED | {Kind.INSTANCE_PROFILE}
"""The kinds of which it is remembered who had a name: it may be renamed, or gone."""
PRINCIPALS = frozenset({Kind.USER, Kind.ROLE})
"""The kinds that can act: a group and a policy only lend power to these."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A subject as calls name it: users, roles and groups by name, policies and trails by ARN.

    Instance profiles go by name, too, the root user by its account, an MFA device by its serial
    number.
    """

    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

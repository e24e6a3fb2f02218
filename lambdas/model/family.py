"""Families: the groups of watched calls that a response is chosen for."""

from enum import StrEnum


class Family(StrEnum):
    """A group of API calls that do the same kind of thing; the settings name them."""

    MANAGED_POLICY = "managed-policy"
    INLINE_POLICY = "inline-policy"
    POLICY_VERSION = "policy-version"
    TRUST = "trust"
    BOUNDARY = "boundary"
    MEMBERSHIP = "membership"
    CREDENTIALS = "credentials"
    PRINCIPALS = "principals"
    INSTANCE_PROFILE = "instance-profile"
    TAGS = "tags"
    TRAIL = "trail"
    FEDERATION = "federation"
    ACCOUNT = "account"
    EVENT_DATA_STORE = "event-data-store"
    SELF = "self"

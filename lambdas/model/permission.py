"""Permissions: what a function's role must be allowed so that a call can be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One IAM action on ARN patterns with {partition}, {region} and {account} left open.

    ``condition`` is an IAM Condition element: operator -> key -> values.
    """

    action: str
    resources: tuple[str, ...]
    condition: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)

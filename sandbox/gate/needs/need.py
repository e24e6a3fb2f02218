"""Needs: one action on one resource, which a call must be allowed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def _capital_service(action: str) -> str:
    service, _, name = action.partition(":")
    return f"{service.upper()}:{name}"


_SPOKEN: dict[str, Callable[[str], str]] = {"sns": _capital_service, "sqs": str.lower}
"""Service -> how its denials write the action; the others write it as policies do."""


@dataclass(frozen=True, slots=True)
class Need:
    """An action, the ARN of its resource (``*`` where it has none), and the keys it brings.

    ``context`` has the condition keys of this action, in lower case.
    """

    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)

    @property
    def spoken(self) -> str:
        """The action as the service's denials write it."""
        service = self.action.partition(":")[0]
        return _SPOKEN[service](self.action) if service in _SPOKEN else self.action

    @property
    def key_policy_rules(self) -> bool:
        """Whether the resource's own policy must allow, too: so it is with KMS keys."""
        return self.action.startswith("kms:")

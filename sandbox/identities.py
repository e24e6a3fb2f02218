"""Identities: who makes a call, as an object that makes clients."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.calls.credentials import Credentials
from sandbox.front import Front


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller; its changing calls become CloudTrail records, unless it is the operator."""

    front: Front
    credentials: Credentials
    _made: dict[tuple[str, str | None, str | None], Any] = field(
        default_factory=dict, compare=False, repr=False
    )

    def client(self, service: str, *, region: str | None = None, address: str | None = None) -> Any:
        """A boto3 client that signs as this caller, and seems to call from ``address``."""
        key = (service, region, address)
        if key not in self._made:
            self._made[key] = self.front.client(
                service, region=region, credentials=self.credentials, source_address=address
            )
        return self._made[key]

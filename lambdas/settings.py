"""Settings: every deploy-time choice, written by the stacks and read by the handlers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lambdas.model.family import Family


class Response(StrEnum):
    """What is done about a risky change beyond recording it."""

    ALERT = "alert"
    REVERT = "revert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every deploy-time choice; `cdk.json` context "snapback" spells the keys in camelCase."""

    alert_emails: tuple[str, ...] = ()
    response: Mapping[Family, Response] = field(default_factory=dict)
    trusted_actors: tuple[str, ...] = ()
    protected_principals: tuple[str, ...] = ()
    trusted_accounts: tuple[str, ...] = ()
    home_region: str = "us-east-1"

    def reverts(self, family: Family) -> bool:
        """Whether risky changes of a family are undone."""
        return self.response.get(family, Response.ALERT) is Response.REVERT

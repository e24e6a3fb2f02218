"""The settings as a record, and the questions that are asked of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from lambdas.model.arn import Arn
from lambdas.model.family import Family
from lambdas.settings.central import Central

UNDO_TRIES = 6
"""How often the undo queue hands out a message before it goes to the dead letters."""

_IN_A_NAME = "[A-Za-z0-9_+=,.@-]"
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""


class Response(StrEnum):
    """What is done about a risky change beyond recording it."""

    ALERT = "alert"
    REVERT = "revert"


@dataclass(frozen=True, slots=True)
class UndoLimits:
    """How many undos are made without a person: of one subject, and of all subjects together."""

    per_subject: int = 3
    """In 15 minutes."""
    per_account: int = 20
    """In an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every deploy-time choice; `cdk.json` context "snapback" spells the keys in camelCase.

    ``trusted_actors``, ``deploy_actors`` and ``protected_principals`` are patterns of user and role
    ARNs, in which ``*`` is any text and ``?`` any character. ``response`` and ``grace_seconds``
    hold every family.
    """

    alert_emails: tuple[str, ...] = ()
    response: Mapping[Family, Response] = field(default_factory=dict)
    grace_seconds: Mapping[Family, int] = field(default_factory=dict)
    undo_limits: UndoLimits = UndoLimits()
    via_services: Mapping[str, Response] = field(default_factory=dict)
    trusted_actors: tuple[str, ...] = ()
    protected_principals: tuple[str, ...] = ()
    deploy_actors: tuple[str, ...] = ()
    trusted_accounts: tuple[str, ...] = ()
    home_region: str = "us-east-1"
    regions: tuple[str, ...] = ()
    """The further regions that are watched."""
    create_trail: bool = False
    """Whether a trail is deployed beside Snapback."""
    mails_per_second: int = 1
    """What comes beyond is told together within a minute."""
    heartbeat_url: str | None = None
    """The name of the SSM parameter that holds the address to which good minutes are reported."""
    central: Central | None = None
    """The organisation's central account, to which mails go, too."""
    quarantine: bool = False
    """Whether a user whose change is undone is denied everything."""
    revoke_sessions: bool = False
    """Whether a role's sessions are ended when a change that one of them made is undone."""

    def reverts(self, family: Family) -> bool:
        """Whether risky changes of a family are undone."""
        return self.response.get(family, Response.ALERT) is Response.REVERT

    def grace(self, family: Family | None) -> int:
        """Seconds between the alert and the undo, in which people may accept a change."""
        return self.grace_seconds.get(family, 0) if family else 0

    def reverts_via(self, service: str) -> bool:
        """Whether changes are undone that a service makes on somebody's behalf."""
        return self.via_services.get(service, Response.ALERT) is Response.REVERT

    def trusts(self, arn: str | None) -> bool:
        """Whether the ARN of a user, or of the role that issued a session, is a trusted actor's.

        A wildcard never reaches over a slash: a path is not part of a name, so that
        ``role/deploy-*`` does not trust ``role/deploy-x/anybody``.
        """
        return arn is not None and _any_matches(self.trusted_actors, _IN_A_NAME, arn)

    def deploys(self, arn: str | None, account: str) -> bool:
        """Whether the ARN is that of one who deploys Snapback, in the account where it runs.

        A wildcard never reaches over a slash.
        """
        parsed = Arn.parse(arn or "")
        if parsed is None or parsed.account != account:
            return False
        return _any_matches(self.deploy_actors, _IN_A_NAME, str(parsed))

    def protects(self, arn: str) -> bool:
        """Whether the ARN is a protected principal's.

        A wildcard reaches over slashes, as in the Resource element of the policy that denies the
        undoing function these same ARNs.
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
        """
        return _any_matches(self.protected_principals, ".", arn)


def _any_matches(patterns: tuple[str, ...], character: str, arn: str) -> bool:
    return any(_expression(pattern, character).fullmatch(arn) for pattern in patterns)


@cache
def _expression(pattern: str, character: str) -> re.Pattern[str]:
    wildcards = {"*": f"{character}*", "?": character}
    return re.compile("".join(wildcards.get(char, re.escape(char)) for char in pattern))

"""Settings read from what a person wrote in cdk.json, and carried to the functions as JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from lambdas.model.family import Family
from lambdas.settings.central import Central
from lambdas.settings.checks import keyed
from lambdas.settings.keys import KEYS
from lambdas.settings.record import Response, Settings, UndoLimits
from lambdas.settings.regions import contradictions

DEFAULTS: Mapping[str, Any] = {
    "alertEmails": [],
    "response": {"default": "alert"},
    "graceSeconds": {"default": 0},
    "undoLimits": {"perSubject": 3, "perAccount": 20},
    "viaServices": {},
    "trustedActors": [],
    "deployActors": ["arn:*:iam::*:role/cdk-*"],
    "protectedPrincipals": [
        "arn:*:iam::*:role/cdk-*",
        "arn:*:iam::*:role/OrganizationAccountAccessRole",
        "arn:*:iam::*:role/break-glass/*",
        "arn:*:iam::*:user/break-glass/*",
    ],
    "trustedAccounts": [],
    "quarantine": False,
    "revokeSessions": False,
    "homeRegion": "us-east-1",
    "regions": [],
    "createTrail": False,
    "mailsPerSecond": 1,
    "heartbeatUrl": None,
    "central": None,
}
"""What holds for a key that is left out. Bootstrap roles begin with ``cdk-``, too.

https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
"""


class SettingsError(ValueError):
    """Raised for settings that cannot be meant; the message names each key and what is allowed."""


def from_context(context: Mapping[str, object]) -> Settings:
    """The settings that context "snapback" of cdk.json spells.

    Raises:
        SettingsError: a key is wrong or unknown, or nobody would be told.
    """
    found: Any = context
    mistakes = [*_mistakes(found)]
    if isinstance(found, Mapping) and found.get("alertEmails", []) == []:
        mistakes.append(
            "alertEmails is empty, so nobody would be told; allowed is at least one address, "
            'such as "alertEmails": ["security@example.com"]'
        )
    settings = _settings('cdk.json, context "snapback"', found, mistakes)
    beside = [*_vain(settings), *contradictions(settings.home_region, settings.regions)]
    _settings('cdk.json, context "snapback"', found, beside)
    return settings


def _vain(settings: Settings) -> Iterator[str]:
    """What is set and would never happen, because nothing is undone."""
    if any(settings.reverts(family) for family in Family):
        return
    for key, chosen in (
        ("quarantine", settings.quarantine),
        ("revokeSessions", settings.revoke_sessions),
    ):
        if chosen:
            yield f'{key} is true where no response is "revert"; allowed is false, or such a family'


def load(text: str) -> Settings:
    """The settings that dump wrote.

    Raises:
        SettingsError: the text is no JSON, or a key is wrong or unknown.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise SettingsError(f"the settings are no JSON: {error}") from error
    return _settings("the functions' settings", found, [*_mistakes(found)])


def dump(settings: Settings) -> str:
    """The settings as JSON, with the same keys as in cdk.json."""
    found = {
        "alertEmails": settings.alert_emails,
        "response": dict(settings.response),
        "graceSeconds": dict(settings.grace_seconds),
        "undoLimits": {
            "perSubject": settings.undo_limits.per_subject,
            "perAccount": settings.undo_limits.per_account,
        },
        "viaServices": dict(settings.via_services),
        "trustedActors": settings.trusted_actors,
        "deployActors": settings.deploy_actors,
        "protectedPrincipals": settings.protected_principals,
        "trustedAccounts": settings.trusted_accounts,
        "quarantine": settings.quarantine,
        "revokeSessions": settings.revoke_sessions,
        "homeRegion": settings.home_region,
        "regions": settings.regions,
        "createTrail": settings.create_trail,
        "mailsPerSecond": settings.mails_per_second,
        "heartbeatUrl": settings.heartbeat_url,
        "central": asdict(settings.central) if settings.central else None,
    }
    return json.dumps(found, separators=(",", ":"))


def _settings(where: str, found: Any, mistakes: list[str]) -> Settings:
    if mistakes:
        raise SettingsError("\n  - ".join([f"{where} cannot be meant:", *mistakes]))
    chosen = {**DEFAULTS, **found}
    limits = {**DEFAULTS["undoLimits"], **chosen["undoLimits"]}
    return Settings(
        alert_emails=tuple(chosen["alertEmails"]),
        response={
            family: Response(each) for family, each in _of_families(chosen["response"], "alert")
        },
        grace_seconds=dict(_of_families(chosen["graceSeconds"], 0)),
        undo_limits=UndoLimits(limits["perSubject"], limits["perAccount"]),
        via_services={name: Response(each) for name, each in chosen["viaServices"].items()},
        trusted_actors=tuple(chosen["trustedActors"]),
        deploy_actors=tuple(chosen["deployActors"]),
        protected_principals=tuple(chosen["protectedPrincipals"]),
        trusted_accounts=tuple(chosen["trustedAccounts"]),
        quarantine=chosen["quarantine"],
        revoke_sessions=chosen["revokeSessions"],
        home_region=chosen["homeRegion"],
        regions=tuple(chosen["regions"]),
        create_trail=chosen["createTrail"],
        mails_per_second=chosen["mailsPerSecond"],
        heartbeat_url=chosen["heartbeatUrl"],
        central=Central(**chosen["central"]) if chosen["central"] else None,
    )


def _of_families(chosen: Mapping[str, Any], default: Any) -> Iterator[tuple[Family, Any]]:
    """What is chosen for each family: where it is not named, what "default" says."""
    return ((name, chosen.get(name, chosen.get("default", default))) for name in Family)


def _mistakes(context: Any) -> Iterator[str]:
    return keyed(KEYS)("the whole", context)

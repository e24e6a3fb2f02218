"""Settings read from what a person wrote in cdk.json, and carried to the functions as JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lambdas.model.family import Family
from lambdas.settings.checks import Check, keyed, one_of, texts
from lambdas.settings.record import Response, Settings

DEFAULTS: Mapping[str, Any] = {
    "alertEmails": [],
    "response": {"default": "alert"},
    "trustedActors": [],
    "protectedPrincipals": [
        "arn:*:iam::*:role/cdk-*",
        "arn:*:iam::*:role/OrganizationAccountAccessRole",
        "arn:*:iam::*:role/break-glass/*",
        "arn:*:iam::*:user/break-glass/*",
    ],
    "trustedAccounts": [],
    "homeRegion": "us-east-1",
}
"""What holds for a key that is left out. Bootstrap roles begin with ``cdk-``, too.

https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
"""

# IAM's events arrive in the partition's IAM region only. Verified for us-east-1; for the others
# it follows from IAM's endpoints, https://docs.aws.amazon.com/general/latest/gr/iam-service.html
_IAM_REGIONS = ("us-east-1", "us-gov-west-1", "cn-north-1")

# A path and a name as IAM allows them; wildcards stand in the name, after the last slash.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_ANYBODY = r"arn:aws[a-z-]*:iam::[0-9]{12}:(?:user|role)/"
_PATH = r"(?:[!-)+-.0->@-~]+/)*"
_ACTOR = re.compile(rf"{_ANYBODY}{_PATH}[A-Za-z0-9_+=,.@*?-]+")
# A name of wildcards and punctuation only, such as * or *-*, is everyone's, or nearly.
_EVERYONE = re.compile(rf"{_ANYBODY}{_PATH}(?=[^/]*[*?])[*?_+=,.@-]+")
_PRINCIPAL = re.compile(r"arn:(?:\*|aws[a-z-]*):iam::(?:\*|[0-9]{12}):(?:user|role)/[!-~]+")
_EMAIL = re.compile(r"[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ACCOUNT = re.compile(r"[0-9]{12}")


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
    return _settings('cdk.json, context "snapback"', found, mistakes)


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
        "trustedActors": settings.trusted_actors,
        "protectedPrincipals": settings.protected_principals,
        "trustedAccounts": settings.trusted_accounts,
        "homeRegion": settings.home_region,
    }
    return json.dumps(found, separators=(",", ":"))


def _settings(where: str, found: Any, mistakes: list[str]) -> Settings:
    if mistakes:
        raise SettingsError("\n  - ".join([f"{where} cannot be meant:", *mistakes]))
    chosen = {**DEFAULTS, **found}
    default = chosen["response"].get("default", Response.ALERT)
    return Settings(
        alert_emails=tuple(chosen["alertEmails"]),
        response={name: Response(chosen["response"].get(name, default)) for name in Family},
        trusted_actors=tuple(chosen["trustedActors"]),
        protected_principals=tuple(chosen["protectedPrincipals"]),
        trusted_accounts=tuple(chosen["trustedAccounts"]),
        home_region=chosen["homeRegion"],
    )


def _mistakes(context: Any) -> Iterator[str]:
    return keyed(_CHECKS)("the whole", context)


_CHECKS: Mapping[str, Check] = {
    "alertEmails": texts(_EMAIL, "an e-mail address such as security@example.com"),
    "response": keyed(
        dict.fromkeys(("default", *Family), one_of(tuple(Response))), parent="response."
    ),
    "trustedActors": texts(
        _ACTOR,
        "the ARN of a user or role, with * and ? only within its name, beside a letter or digit, "
        "such as arn:aws:iam::123456789012:role/deploy-*",
        refused=_EVERYONE,
    ),
    "protectedPrincipals": texts(
        _PRINCIPAL,
        "the ARN of a user or role, with * for any partition, account or part of the name, "
        "such as arn:aws:iam::*:role/break-glass/*",
    ),
    "trustedAccounts": texts(_ACCOUNT, 'an account of twelve digits such as "123456789012"'),
    "homeRegion": one_of(_IAM_REGIONS),
}

"""Settings read from what a person wrote in cdk.json, and carried to the functions as JSON."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lambdas.model.family import Family
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

Check = Callable[[str, Any], Iterator[str]]
"""(where, found) -> one text for each mistake."""

# IAM's events arrive in the partition's IAM region only. Verified for us-east-1; for the others
# it follows from IAM's endpoints, https://docs.aws.amazon.com/general/latest/gr/iam-service.html
_IAM_REGIONS = ("us-east-1", "us-gov-west-1", "cn-north-1")

# A path and a name as IAM allows them; wildcards stand in the name, after the last slash.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_ANYBODY = r"arn:aws[a-z-]*:iam::[0-9]{12}:(?:user|role)/"
_PATH = r"(?:[!-)+-.0->@-~]+/)*"
_ACTOR = re.compile(rf"{_ANYBODY}{_PATH}[A-Za-z0-9_+=,.@*?-]+")
_EVERYONE = re.compile(rf"{_ANYBODY}[*?]+")
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
    return _object(_CHECKS)("the whole", context)


def _object(checks: Mapping[str, Check], parent: str = "") -> Check:
    def check(where: str, found: Any) -> Iterator[str]:
        if not isinstance(found, Mapping):
            yield f"{where} is {found!r}; allowed is an object with the keys {_listed(checks)}"
            return
        for key, value in found.items():
            known = checks.get(key, _unknown(checks))
            yield from known(f"{parent}{key}", value)

    return check


def _unknown(known: Iterable[str]) -> Check:
    def check(where: str, _: Any) -> Iterator[str]:
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake is worth its import

        near = get_close_matches(where.rpartition(".")[2], known, n=1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        yield f"{where} is no key{meant}; allowed are {_listed(known)}"

    return check


def _one_of(choices: Iterable[str]) -> Check:
    def check(where: str, found: Any) -> Iterator[str]:
        if found not in [*choices]:
            yield f"{where} is {found!r}; allowed are {_listed(choices)}"

    return check


def _texts(shape: re.Pattern[str], allowed: str, refused: re.Pattern[str] | None = None) -> Check:
    """A check for a list of texts that have a shape and do not have the refused one."""

    def check(where: str, found: Any) -> Iterator[str]:
        if not isinstance(found, list | tuple):
            yield f"{where} is {found!r}; allowed is a list, each item {allowed}"
            return
        for index, item in enumerate(found):
            if not isinstance(item, str) or not shape.fullmatch(item):
                yield f"{where}[{index}] is {item!r}; allowed is {allowed}"
            elif refused and refused.fullmatch(item):
                yield f"{where}[{index}] is {item!r}, which matches everyone; allowed is {allowed}"
            elif item in found[:index]:
                yield f"{where}[{index}] is {item!r} once more; allowed is each item once"

    return check


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


_CHECKS: Mapping[str, Check] = {
    "alertEmails": _texts(_EMAIL, "an e-mail address such as security@example.com"),
    "response": _object(
        dict.fromkeys(("default", *Family), _one_of(tuple(Response))), parent="response."
    ),
    "trustedActors": _texts(
        _ACTOR,
        "the ARN of a user or role, with * and ? only within its name, "
        "such as arn:aws:iam::123456789012:role/deploy-*",
        refused=_EVERYONE,
    ),
    "protectedPrincipals": _texts(
        _PRINCIPAL,
        "the ARN of a user or role, with * for any partition, account or part of the name, "
        "such as arn:aws:iam::*:role/break-glass/*",
    ),
    "trustedAccounts": _texts(_ACCOUNT, 'an account of twelve digits such as "123456789012"'),
    "homeRegion": _one_of(_IAM_REGIONS),
}

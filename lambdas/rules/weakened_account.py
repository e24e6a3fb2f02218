"""A setting of the account itself became weaker: passwords, session tokens, who acts from outside.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lambdas.model.case import Case
from lambdas.model.change import Edit
from lambdas.model.family import Family
from lambdas.model.finding import Finding
from lambdas.model.password_policy import DEFAULTS
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.rules.doing import done

_CENTRAL = "from the account that manages the organisation, {}"
_FOUND: Mapping[tuple[Part, str, str | None], tuple[Severity, str]] = {
    (Part.STS_VERSION, ONLY, "v2Token"): (
        Severity.MEDIUM,
        "session tokens of the global endpoint are now valid in all regions",
    ),
    (Part.STS_VERSION, ONLY, "v1Token"): (
        Severity.LOW,
        "session tokens of the global endpoint are no longer valid in regions that are opted into",
    ),
    (Part.ROOT_ACCESS, "RootSessions", "RootSessions"): (
        Severity.CRITICAL,
        _CENTRAL.format("member accounts can now be acted in as their root users"),
    ),
    (Part.ROOT_ACCESS, "RootCredentialsManagement", "RootCredentialsManagement"): (
        Severity.HIGH,
        _CENTRAL.format("root users' credentials can now be taken away and given back"),
    ),
    (Part.ROOT_ACCESS, "RootSessions", None): (
        Severity.MEDIUM,
        _CENTRAL.format("nobody can act as root users of member accounts any more"),
    ),
    (Part.ROOT_ACCESS, "RootCredentialsManagement", None): (
        Severity.HIGH,
        _CENTRAL.format("root users' credentials are not managed any more: they can have some"),
    ),
}
"""What was set, and to what (None: taken away) -> how grave that is, and what it means."""
_DELEGATED = {
    "cloudtrail:RegisterOrganizationDelegatedAdmin": (
        "another account can now change the organisation's trails and event data stores"
    ),
    "cloudtrail:DeregisterOrganizationDelegatedAdmin": (
        "the account that looked after the organisation's trails and event data stores cannot "
        "change them any more"
    ),
}
"""A call that leaves no trace in the account -> what it means; the event names the other one.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html
"""
_NONE: Mapping[str, Any] = {**DEFAULTS, "MinimumPasswordLength": 8}
"""What is asked of passwords where the account has no policy of its own, as far as we compare."""
_LARGER_IS_STRICTER = ("MinimumPasswordLength", "PasswordReusePrevention")
_TRUE_IS_STRICTER = (
    "RequireSymbols",
    "RequireNumbers",
    "RequireUppercaseCharacters",
    "RequireLowercaseCharacters",
    "HardExpiry",
)


def weakened_account(case: Case) -> Iterator[Finding]:
    """Whatever the account does not ask any more, or lets happen now; stricter settings are quiet.

    Where the former password policy is not known, a new one is compared with having none.
    """
    itself = Subject(Kind.ACCOUNT, case.change.account)
    if case.change.family is not Family.ACCOUNT or case.change.subject != itself:
        return
    if case.change.call in _DELEGATED:
        yield _finding(Severity.HIGH, _CENTRAL.format(_DELEGATED[case.change.call]))
    for edit in done(case):
        if edit.part is Part.LOGIN_POLICY:
            yield from _weaker_passwords(case, edit)
        elif edit.part is Part.REGIONS:
            yield _opened(case, edit.key)
        elif edit.part is Part.ALIAS:
            what = "no longer has an alias" if edit.value is None else f"has the alias {edit.value}"
            yield _finding(Severity.LOW, f"{case.change.subject} now {what}")
        else:
            yield _finding(*_FOUND[edit.part, edit.key, edit.value])


def _weaker_passwords(case: Case, edit: Edit) -> Iterator[Finding]:
    former = _former(case)
    if former is None and edit.value is None:
        yield _finding(Severity.MEDIUM, "the account's password policy was deleted")
        return
    losses = tuple(_losses(_read(former), _read(edit.value)))
    if losses:
        deleted = "deleted" if edit.value is None else "weakened"
        yield _finding(Severity.MEDIUM, f"the account's password policy was {deleted}", *losses)


def _opened(case: Case, region: str) -> Finding:
    """A region that is listed had its watches before it was disabled, and has them again."""
    if region in (case.settings.home_region, *case.settings.regions):
        return _finding(Severity.LOW, f"the region {region}, which is watched, was enabled again")
    return _finding(
        Severity.HIGH,
        f"the region {region} was enabled, and nothing is watched there",
        "trails and sign-ins there go unnoticed until it is listed under regions and deployed",
    )


def _former(case: Case) -> str | None:
    """The former policy; None where there was none, or it is not known."""
    subject = case.change.subject
    state = None if isinstance(case.before, Unknown) or not subject else case.before.of(subject)
    return state.value(Part.LOGIN_POLICY) if state else None


def _read(policy: str | None) -> Mapping[str, Any]:
    return _NONE if policy is None else {**DEFAULTS, **json.loads(policy)}


def _losses(former: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    weaker = (
        *(name for name in _LARGER_IS_STRICTER if now[name] < former[name]),
        *(name for name in _TRUE_IS_STRICTER if former[name] and not now[name]),
    )
    for name in weaker:
        yield f"{name} is {now[name]}, and was {former[name]}"
    was, age = former["MaxPasswordAge"], now["MaxPasswordAge"]
    if was and (not age or age > was):
        yield f"passwords expire after {age or 'no number of'} days, and did after {was}"


def _finding(severity: Severity, says: str, *because: str) -> Finding:
    return Finding(rule="weakened-account", says=says, severity=severity, because=because)

"""The account itself: its alias, the reach of its session tokens, and who acts as its root user."""

from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.iam import calling, permitted, watching
from lambdas.calls.watched import Target, UnreadableParametersError, WatchedCall, Where, text
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

VERSIONS = ("v1Token", "v2Token")
"""https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html"""
_ORGANIZATIONS = (
    "it holds for all accounts of the organisation, which Snapback does not know: decide there"
)


def _alias_set(parameters: Parameters, where: Where) -> Target:
    return _account(where), (Edit(Part.ALIAS, ONLY, text(parameters, "accountAlias")),)


def _alias_deleted(parameters: Parameters, where: Where) -> Target:
    text(parameters, "accountAlias")
    return _account(where), (Edit(Part.ALIAS, ONLY, None),)


def _version_set(parameters: Parameters, where: Where) -> Target:
    version = text(parameters, "globalEndpointTokenVersion")
    if version not in VERSIONS:
        raise UnreadableParametersError(f"globalEndpointTokenVersion is {version!r}")
    return _account(where), (Edit(Part.STS_VERSION, ONLY, version),)


def _feature(name: str, value: str | None, _: Parameters, where: Where) -> Target:
    return _account(where), (Edit(Part.ROOT_ACCESS, name, value),)


def _account(where: Where) -> Subject:
    return Subject(Kind.ACCOUNT, where.account)


def _former_alias(change: Change, _: State, edit: Edit, former: str | None) -> tuple[Call, ...]:
    """An account has one alias at most, so the present one goes first."""
    gone = edit.value and calling(change, "DeleteAccountAlias", AccountAlias=edit.value)
    back = former and calling(change, "CreateAccountAlias", AccountAlias=former)
    return (*(gone or ()), *(back or ()))


def _former_version(change: Change, _: State, _edit: Edit, former: str | None) -> tuple[Call, ...]:
    """An account without one is not to be had."""
    if former is None:
        return ()
    return calling(change, "SetSecurityTokenServicePreferences", GlobalEndpointTokenVersion=former)


_watching = partial(watching, family=Family.ACCOUNT, kind=Kind.ACCOUNT)


def _organizational(feature: str) -> tuple[WatchedCall, ...]:
    """A feature of central root access, enabled and disabled.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
    """
    return tuple(
        _watching(
            name=f"{verb}Organizations{feature}",
            parse=partial(_feature, feature, value),
            irreversible=_ORGANIZATIONS,
        )
        for verb, value in (("Enable", feature), ("Disable", None))
    )


CALLS = (
    _watching(
        name="CreateAccountAlias",
        parse=_alias_set,
        restore=_former_alias,
        permissions=(permitted("DeleteAccountAlias"), permitted("CreateAccountAlias")),
        manual=True,
    ),
    _watching(
        name="DeleteAccountAlias",
        parse=_alias_deleted,
        restore=_former_alias,
        permissions=(permitted("CreateAccountAlias"),),
        manual=True,
    ),
    _watching(
        name="SetSecurityTokenServicePreferences",
        parse=_version_set,
        restore=_former_version,
        permissions=(permitted("SetSecurityTokenServicePreferences"),),
    ),
    *_organizational("RootCredentialsManagement"),
    *_organizational("RootSessions"),
)

"""The account's own settings that moto does not have.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
"""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.exceptions import IAMException, NoSuchEntity
from moto.iam.models import AccountSummary, IAMBackend
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

_ORGANIZATION = "o-exampleorgid"
_ISSUER = "https://00000000-0000-4000-8000-000000000000.tokens.sts.global.api.aws"
_VERSIONS = {"v1Token": 1, "v2Token": 2}

Handler = Callable[[IamResponse], ActionResult]


class FeatureDisabledError(IAMException):  # type: ignore[misc]  # moto gives it no type
    """Asked for what is not enabled."""

    code = "FeatureDisabled"


class FeatureEnabledError(IAMException):  # type: ignore[misc]  # moto gives it no type
    """Enabled already."""

    code = "FeatureEnabled"


def _version_set(response: IamResponse) -> ActionResult:
    version = response._get_param("GlobalEndpointTokenVersion")  # noqa: SLF001  # as moto's own handlers do
    response.backend.token_version = _VERSIONS[version]
    return EmptyResult()


def _version(summary: AccountSummary) -> int:
    return int(summary._iam_backend.token_version)  # noqa: SLF001  # a patch puts it there


def _version_kept(_: AccountSummary, value: int) -> None:
    """Where moto would set its own."""


def _enabled(response: IamResponse) -> ActionResult:
    if response.backend.outbound_federation:
        raise FeatureEnabledError("Outbound web identity federation is enabled already.")
    response.backend.outbound_federation = True
    return ActionResult({"IssuerIdentifier": _ISSUER})


def _disabled(response: IamResponse) -> ActionResult:
    _known(response)
    response.backend.outbound_federation = False
    return EmptyResult()


def _known(response: IamResponse) -> None:
    if not response.backend.outbound_federation:
        raise FeatureDisabledError("Outbound web identity federation is not enabled.")


def _info(response: IamResponse) -> ActionResult:
    _known(response)
    return ActionResult({"IssuerIdentifier": _ISSUER, "JwtVendingEnabled": True})


def _features(response: IamResponse) -> ActionResult:
    found = sorted(response.backend.root_features)
    return ActionResult({"OrganizationId": _ORGANIZATION, "EnabledFeatures": found})


def _feature(name: str, *, enabled: bool) -> Handler:
    def handler(response: IamResponse) -> ActionResult:
        held = response.backend.root_features - {name}
        response.backend.root_features = held | {name} if enabled else held
        return _features(response)

    return handler


def _alias_deleted(response: IamResponse) -> ActionResult:
    """Only the alias that there is."""
    alias = response._get_param("AccountAlias")  # noqa: SLF001  # as moto's own handlers do
    if alias not in response.backend.account_aliases:
        raise NoSuchEntity(f"Account alias {alias} does not exist.")
    response.backend.delete_account_alias()
    return EmptyResult()


_KEPT: dict[str, Any] = {
    "token_version": 1,
    "outbound_federation": False,
    "root_features": frozenset[str](),
}
"""An attribute of moto's IAM -> what it is in a new account."""

PATCHES = (
    *(Patch(IAMBackend, name, value) for name, value in _KEPT.items()),
    Patch(AccountSummary, "_global_endpoint_token_version", property(_version, _version_kept)),
    Patch(IamResponse, "set_security_token_service_preferences", _version_set),
    Patch(IamResponse, "enable_outbound_web_identity_federation", _enabled),
    Patch(IamResponse, "disable_outbound_web_identity_federation", _disabled),
    Patch(IamResponse, "get_outbound_web_identity_federation_info", _info),
    Patch(IamResponse, "list_organizations_features", _features),
    Patch(IamResponse, "delete_account_alias", _alias_deleted),
    *(
        Patch(
            IamResponse,
            f"{verb}_organizations_root_{feature}",
            _feature(name, enabled=verb == "enable"),
        )
        for feature, name in (
            ("credentials_management", "RootCredentialsManagement"),
            ("sessions", "RootSessions"),
        )
        for verb in ("enable", "disable")
    ),
)
"""Each is kept beside what moto has; the account is taken for one that manages an organisation."""

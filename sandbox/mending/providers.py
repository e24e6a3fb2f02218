"""Identity providers: client ids one by one, tags, and what of a SAML provider may be left out.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.exceptions import EntityAlreadyExists, NotFoundException
from moto.iam.models import IAMBackend, OpenIDConnectProvider, SAMLProvider
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

_create: Any = IamResponse.create_saml_provider
_create_oidc: Any = IamResponse.create_open_id_connect_provider
_SAML = "SAMLProviderArn"
_OIDC = "OpenIDConnectProviderArn"


def _client_added(response: IamResponse) -> ActionResult:
    """Adding one that is there already succeeds and changes nothing."""
    provider, client = _oidc(response), _given(response, "ClientID")
    if client not in provider.client_id_list:
        provider.client_id_list = [*provider.client_id_list, client]
    return EmptyResult()


def _client_removed(response: IamResponse) -> ActionResult:
    """Removing one that is not there succeeds, too."""
    provider, client = _oidc(response), _given(response, "ClientID")
    provider.client_id_list = [each for each in provider.client_id_list if each != client]
    return EmptyResult()


def _oidc(response: IamResponse) -> OpenIDConnectProvider:
    return response.backend.get_open_id_connect_provider(_given(response, _OIDC))


def _oidc_made(response: IamResponse) -> ActionResult:
    """The answer holds the tags, where there are any."""
    made: ActionResult = _create_oidc(response)
    tags = _given(response, "Tags")
    return ActionResult({**made.result, "Tags": tags}) if tags else made


def _oidc_got(response: IamResponse) -> ActionResult:
    provider = _oidc(response)
    return ActionResult(
        {
            "Url": provider.url,
            "ClientIDList": provider.client_id_list,
            "ThumbprintList": provider.thumbprint_list,
            "CreateDate": provider.create_date,
            "Tags": provider.tag_list_type,
        }
    )


def _made(response: IamResponse) -> ActionResult:
    name = _given(response, "Name")
    if name in response.backend.saml_providers:
        raise EntityAlreadyExists(f"SAMLProvider with name {name} already exists.")
    made: ActionResult = _create(response)
    provider, tags = response.backend.saml_providers[name], _given(response, "Tags")
    provider.tags = tags or []
    provider.assertion_encryption_mode = _given(response, "AssertionEncryptionMode")
    return ActionResult({**made.result, "Tags": tags}) if tags else made


def _updated(response: IamResponse) -> ActionResult:
    """What is not given stays as it is; private keys are taken, and kept by nobody here."""
    provider = _saml(response)
    for name, attribute in _PARAMETERS.items():
        if (value := _given(response, name)) is not None:
            setattr(provider, attribute, value)
    return ActionResult({_SAML: provider.arn})


_PARAMETERS = {
    "SAMLMetadataDocument": "saml_metadata_document",
    "AssertionEncryptionMode": "assertion_encryption_mode",
}
"""A parameter of UpdateSAMLProvider -> moto's attribute."""


def _got(response: IamResponse) -> ActionResult:
    provider = _saml(response)
    shown = {
        "SAMLMetadataDocument": provider.saml_metadata_document,
        "AssertionEncryptionMode": provider.assertion_encryption_mode,
        "CreateDate": provider.create_date,
        "ValidUntil": provider.valid_until,
        "Tags": provider.tags,
    }
    return ActionResult({name: value for name, value in shown.items() if value})


def _deleted(state: IAMBackend, saml_provider_arn: str) -> None:
    provider = state.get_saml_provider(saml_provider_arn)
    del state.saml_providers[provider.name]


def _oidc_deleted(state: IAMBackend, arn: str) -> None:
    if arn not in state.open_id_providers:
        raise NotFoundException(f"OpenIDConnect Provider not found for arn {arn}")
    del state.open_id_providers[arn]


def _saml(response: IamResponse) -> SAMLProvider:
    return response.backend.get_saml_provider(_given(response, _SAML))


def _given(response: IamResponse, name: str) -> Any:
    return response._get_param(name)  # noqa: SLF001  # as moto's own handlers do


PATCHES = (
    Patch(IamResponse, "add_client_id_to_open_id_connect_provider", _client_added),
    Patch(IamResponse, "remove_client_id_from_open_id_connect_provider", _client_removed),
    Patch(IamResponse, "create_open_id_connect_provider", _oidc_made),
    Patch(IamResponse, "get_open_id_connect_provider", _oidc_got),
    Patch(IAMBackend, "delete_open_id_connect_provider", _oidc_deleted),
    Patch(SAMLProvider, "tags", ()),
    Patch(SAMLProvider, "assertion_encryption_mode", None),
    Patch(IamResponse, "create_saml_provider", _made),
    Patch(IamResponse, "update_saml_provider", _updated),
    Patch(IamResponse, "get_saml_provider", _got),
    Patch(IAMBackend, "delete_saml_provider", _deleted),
)
"""moto knows no single client ids, nor tags of SAML providers, and loses metadata not given."""

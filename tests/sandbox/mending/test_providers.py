"""Identity providers and the account's own settings behave as IAM documents them."""

from typing import Any

import pytest

from sandbox.front import Front

METADATA = '<EntityDescriptor entityID="https://idp.example.com">' + "." * 1000
TAGS = [{"Key": "team", "Value": "blue"}]


@pytest.fixture(scope="module")
def iam(front: Front) -> Any:
    return front.client("iam")


@pytest.fixture
def oidc(iam: Any) -> Any:
    made = iam.create_open_id_connect_provider(
        Url="https://token.example.com", ClientIDList=["app"], Tags=TAGS
    )
    assert made["Tags"] == TAGS
    yield made["OpenIDConnectProviderArn"]
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=made["OpenIDConnectProviderArn"])


@pytest.fixture
def saml(iam: Any) -> Any:
    made = iam.create_saml_provider(Name="corp", SAMLMetadataDocument=METADATA, Tags=TAGS)
    assert made["Tags"] == TAGS
    yield made["SAMLProviderArn"]
    iam.delete_saml_provider(SAMLProviderArn=made["SAMLProviderArn"])


def test_client_ids_come_and_go_one_by_one_and_twice_is_once(iam: Any, oidc: str) -> None:
    for _ in range(2):
        iam.add_client_id_to_open_id_connect_provider(
            OpenIDConnectProviderArn=oidc, ClientID="more"
        )
    assert _clients(iam, oidc) == ["app", "more"]
    for _ in range(2):
        iam.remove_client_id_from_open_id_connect_provider(
            OpenIDConnectProviderArn=oidc, ClientID="app"
        )
    assert _clients(iam, oidc) == ["more"]


def _clients(iam: Any, oidc: str) -> Any:
    got = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=oidc)
    assert got["Tags"] == TAGS
    return got["ClientIDList"]


def test_what_an_update_does_not_name_stays(iam: Any, saml: str) -> None:
    iam.update_saml_provider(SAMLProviderArn=saml, AssertionEncryptionMode="Required")
    got = iam.get_saml_provider(SAMLProviderArn=saml)
    assert (got["SAMLMetadataDocument"], got["AssertionEncryptionMode"]) == (METADATA, "Required")
    assert got["Tags"] == TAGS


def test_a_name_is_taken_once(iam: Any, saml: str) -> None:
    assert saml
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        iam.create_saml_provider(Name="corp", SAMLMetadataDocument=METADATA)


GONE = {
    "a SAML provider": lambda it: it.delete_saml_provider(
        SAMLProviderArn="arn:aws:iam::123456789012:saml-provider/none"
    ),
    "an OIDC provider": lambda it: it.delete_open_id_connect_provider(
        OpenIDConnectProviderArn="arn:aws:iam::123456789012:oidc-provider/none"
    ),
    "an alias": lambda it: it.delete_account_alias(AccountAlias="none"),
}


@pytest.mark.parametrize("delete", GONE.values(), ids=GONE)
def test_what_is_not_there_cannot_be_deleted(iam: Any, delete: Any) -> None:
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        delete(iam)


def test_outbound_federation_is_enabled_once_and_disabled_once(iam: Any) -> None:
    with pytest.raises(iam.exceptions.FeatureDisabledException):
        iam.get_outbound_web_identity_federation_info()
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    with pytest.raises(iam.exceptions.FeatureEnabledException):
        iam.enable_outbound_web_identity_federation()
    got = iam.get_outbound_web_identity_federation_info()
    assert (got["IssuerIdentifier"], got["JwtVendingEnabled"]) == (issuer, True)
    iam.disable_outbound_web_identity_federation()
    with pytest.raises(iam.exceptions.FeatureDisabledException):
        iam.disable_outbound_web_identity_federation()


def test_the_token_version_is_summed_up(iam: Any) -> None:
    iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token")
    assert iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == 2
    iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v1Token")
    assert iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == 1


def test_features_of_the_organisation_are_listed_while_they_are_enabled(iam: Any) -> None:
    iam.enable_organizations_root_sessions()
    iam.enable_organizations_root_credentials_management()
    both = ["RootCredentialsManagement", "RootSessions"]
    assert iam.list_organizations_features()["EnabledFeatures"] == both
    iam.disable_organizations_root_sessions()
    left = iam.disable_organizations_root_credentials_management()
    assert left["EnabledFeatures"] == []

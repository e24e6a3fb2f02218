"""Tags of identity providers and server certificates are kept, as IAM documents them."""

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.front import Front

METADATA = '<EntityDescriptor entityID="https://idp.example.com">' + "." * 1000
RED = [{"Key": "team", "Value": "red"}]
EMPTY = [{"Key": "cost", "Value": ""}]
NOBODY = "arn:aws:iam::123456789012:saml-provider/nobodys"


@pytest.fixture
def iam(front: Front) -> Any:
    return front.client("iam")


@pytest.fixture
def saml(iam: Any) -> Iterator[str]:
    made = iam.create_saml_provider(Name="tagged", SAMLMetadataDocument=METADATA, Tags=RED)
    yield made["SAMLProviderArn"]
    iam.delete_saml_provider(SAMLProviderArn=made["SAMLProviderArn"])


@pytest.fixture
def certificate(iam: Any) -> Iterator[str]:
    made = iam.upload_server_certificate(
        ServerCertificateName="tagged", CertificateBody="body", PrivateKey="key", Tags=RED
    )
    assert made["Tags"] == RED
    yield "tagged"
    iam.delete_server_certificate(ServerCertificateName="tagged")


def _of_saml(iam: Any, saml: str) -> Any:
    return iam.get_saml_provider(SAMLProviderArn=saml).get("Tags")


def _of_certificate(iam: Any, certificate: str) -> Any:
    got = iam.get_server_certificate(ServerCertificateName=certificate)
    return got["ServerCertificate"].get("Tags")


def test_tags_of_a_saml_provider_come_and_go(iam: Any, saml: str) -> None:
    iam.tag_saml_provider(SAMLProviderArn=saml, Tags=EMPTY)
    assert _of_saml(iam, saml) == [*RED, *EMPTY]
    iam.untag_saml_provider(SAMLProviderArn=saml, TagKeys=["cost", "never"])
    assert _of_saml(iam, saml) == RED
    iam.untag_saml_provider(SAMLProviderArn=saml, TagKeys=["team"])
    assert _of_saml(iam, saml) is None


def test_tags_of_a_certificate_come_go_and_follow_its_name(iam: Any, certificate: str) -> None:
    iam.update_server_certificate(
        ServerCertificateName=certificate, NewServerCertificateName="other"
    )
    blue = [{"Key": "team", "Value": "blue"}]
    iam.tag_server_certificate(ServerCertificateName="other", Tags=blue)
    assert _of_certificate(iam, "other") == blue
    iam.untag_server_certificate(ServerCertificateName="other", TagKeys=["team"])
    assert _of_certificate(iam, "other") is None
    iam.update_server_certificate(
        ServerCertificateName="other", NewServerCertificateName=certificate
    )


def test_what_does_not_exist_cannot_be_tagged(iam: Any) -> None:
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.tag_saml_provider(SAMLProviderArn=NOBODY, Tags=RED)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.untag_server_certificate(ServerCertificateName="nobodys", TagKeys=["team"])

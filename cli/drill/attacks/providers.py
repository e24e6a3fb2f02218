"""Identity providers: whose tokens the account's roles believe."""

from cli.company import ACCOUNT
from cli.drill.attack import Attack, Deed
from cli.drill.furnished import OWNED, iam

_METADATA = '<EntityDescriptor entityID="https://idp.example.com">' + "." * 1000
_PRINT = "a" * 40


def oidc(host: str) -> Deed:
    """A provider with two client ids, a thumbprint and a tag."""
    return iam(
        "CreateOpenIDConnectProvider",
        Url=f"https://{host}",
        ClientIDList=["app", "web"],
        ThumbprintList=[_PRINT],
        Tags=OWNED,
    )


def oidc_arn(host: str) -> str:
    """The ARN of an OIDC provider."""
    return f"arn:aws:iam::{ACCOUNT}:oidc-provider/{host}"


def saml(name: str) -> Deed:
    """A provider with metadata and a tag."""
    return iam("CreateSAMLProvider", Name=name, SAMLMetadataDocument=_METADATA, Tags=OWNED)


def saml_arn(name: str) -> str:
    """The ARN of a SAML provider."""
    return f"arn:aws:iam::{ACCOUNT}:saml-provider/{name}"


def _on_oidc(operation: str, host: str, **more: object) -> Attack:
    deed = iam(operation, OpenIDConnectProviderArn=oidc_arn(host), **more)
    return Attack(deed, (oidc(host),))


ATTACKS = (
    Attack(oidc("evil.example.net")),
    _on_oidc("DeleteOpenIDConnectProvider", "deleted.example.com"),
    _on_oidc("AddClientIDToOpenIDConnectProvider", "added.example.com", ClientID="evil"),
    _on_oidc("RemoveClientIDFromOpenIDConnectProvider", "removed.example.com", ClientID="web"),
    _on_oidc(
        "UpdateOpenIDConnectProviderThumbprint", "updated.example.com", ThumbprintList=["e" * 40]
    ),
    Attack(saml("drill-CreateSAMLProvider")),
    Attack(
        iam(
            "UpdateSAMLProvider",
            SAMLProviderArn=saml_arn("drill-UpdateSAMLProvider"),
            SAMLMetadataDocument=_METADATA.replace("idp", "evil"),
        ),
        (saml("drill-UpdateSAMLProvider"),),
    ),
    Attack(
        iam("DeleteSAMLProvider", SAMLProviderArn=saml_arn("drill-DeleteSAMLProvider")),
        (saml("drill-DeleteSAMLProvider"),),
    ),
)

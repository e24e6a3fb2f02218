"""Identity providers: whose tokens the account's roles believe."""

from cli.company import ACCOUNT
from cli.drill.attack import Attack, Deed
from cli.drill.furnished import OWNED, iam

_METADATA = '<EntityDescriptor entityID="https://idp.example.com">' + "." * 1000
_PRINT = "a" * 40


def _oidc(host: str) -> Deed:
    """A provider with two client ids, a thumbprint and a tag."""
    return iam(
        "CreateOpenIDConnectProvider",
        Url=f"https://{host}",
        ClientIDList=["app", "web"],
        ThumbprintList=[_PRINT],
        Tags=OWNED,
    )


def _oidc_arn(host: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:oidc-provider/{host}"


def _saml(name: str) -> Deed:
    """A provider with metadata and a tag."""
    return iam("CreateSAMLProvider", Name=name, SAMLMetadataDocument=_METADATA, Tags=OWNED)


def _saml_arn(name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:saml-provider/{name}"


def _on_oidc(operation: str, host: str, **more: object) -> Attack:
    deed = iam(operation, OpenIDConnectProviderArn=_oidc_arn(host), **more)
    return Attack(deed, (_oidc(host),))


ATTACKS = (
    Attack(_oidc("evil.example.net")),
    _on_oidc("DeleteOpenIDConnectProvider", "deleted.example.com"),
    _on_oidc("AddClientIDToOpenIDConnectProvider", "added.example.com", ClientID="evil"),
    _on_oidc("RemoveClientIDFromOpenIDConnectProvider", "removed.example.com", ClientID="web"),
    _on_oidc(
        "UpdateOpenIDConnectProviderThumbprint", "updated.example.com", ThumbprintList=["e" * 40]
    ),
    Attack(_saml("drill-CreateSAMLProvider")),
    Attack(
        iam(
            "UpdateSAMLProvider",
            SAMLProviderArn=_saml_arn("drill-UpdateSAMLProvider"),
            SAMLMetadataDocument=_METADATA.replace("idp", "evil"),
        ),
        (_saml("drill-UpdateSAMLProvider"),),
    ),
    Attack(
        iam("DeleteSAMLProvider", SAMLProviderArn=_saml_arn("drill-DeleteSAMLProvider")),
        (_saml("drill-DeleteSAMLProvider"),),
    ),
)

"""Identity providers read live: whose users may come in by a role that trusts them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup, found
from lambdas.aws.reads import Read
from lambdas.calls.oidc_provider import listed
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

Answer = Mapping[str, Any]


def providers(iam: "IAMClient") -> tuple[Subject, ...]:
    """Every identity provider of the account; IAM gives them in one answer.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html
    """
    oidcs = iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]
    samls = iam.list_saml_providers()["SAMLProviderList"]
    return (
        *(Subject(Kind.OIDC_PROVIDER, each["Arn"]) for each in oidcs),
        *(Subject(Kind.SAML_PROVIDER, each["Arn"]) for each in samls),
    )


def oidc(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The one read of an OIDC provider's state."""
    return (lookup.identifying(building, "settings", _oidc),)


def saml(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The one read of a SAML provider's state."""
    return (lookup.identifying(building, "settings", _saml),)


def _oidc(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html."""
    arn, get = building.subject.name, lookup.iam.get_open_id_connect_provider
    answer: Answer | None = found(building, lambda: get(OpenIDConnectProviderArn=arn))
    if answer is not None:
        thumbprints = listed(answer.get("ThumbprintList", ()))
        building.hold(Part.SETTINGS, {"Url": answer["Url"], "ThumbprintList": thumbprints})
        building.hold(Part.CLIENT_IDS, {each: each for each in answer.get("ClientIDList", ())})
        _identified(building, answer)
    return ()


def _saml(lookup: Lookup, building: Building) -> Iterable[Read]:
    """Its private keys can be added and removed, and not be read.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html
    """
    arn, get = building.subject.name, lookup.iam.get_saml_provider
    answer: Answer | None = found(building, lambda: get(SAMLProviderArn=arn))
    if answer is not None:
        names = ("SAMLMetadataDocument", "AssertionEncryptionMode")
        building.hold(Part.SETTINGS, {name: answer[name] for name in names if answer.get(name)})
        _identified(building, answer)
    return ()


def _identified(building: Building, answer: Answer) -> None:
    building.hold(Part.TAGS, {tag["Key"]: tag["Value"] for tag in answer.get("Tags", ())})
    building.identify(building.subject.name, building.subject.name)

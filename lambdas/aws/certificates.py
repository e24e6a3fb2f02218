"""Server certificates read live: what they are called and tagged, never their private keys."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup, found
from lambdas.aws.reads import Read
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient


def certificate(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The one read of a server certificate's state."""
    return (lookup.identifying(building, "profile", _profile),)


def certificates(iam: "IAMClient") -> tuple[Subject, ...]:
    """Every server certificate of the account.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html
    """
    return tuple(
        Subject(Kind.SERVER_CERTIFICATE, each["ServerCertificateName"])
        for page in iam.get_paginator("list_server_certificates").paginate()
        for each in page["ServerCertificateMetadataList"]
    )


def _profile(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html."""
    name = building.subject.name
    answer = found(building, lambda: lookup.iam.get_server_certificate(ServerCertificateName=name))
    if answer is None:
        return ()
    held: Mapping[str, Any] = answer["ServerCertificate"]
    profile = held["ServerCertificateMetadata"]
    building.hold(Part.NAME, {ONLY: profile["ServerCertificateName"]})
    building.hold(Part.PATH, {ONLY: profile["Path"]})
    building.hold(Part.TAGS, {tag["Key"]: tag["Value"] for tag in held.get("Tags", ())})
    building.identify(profile["ServerCertificateId"], profile["Arn"])
    return ()

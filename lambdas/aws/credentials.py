"""Credentials read live, of a user that is changed itself: what they are, never what they say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from lambdas.aws.building import Building
from lambdas.aws.lookup import ABSENT, Lookup, existing
from lambdas.aws.reads import Read, code
from lambdas.model.state import ONLY, PRESENT, Part

_UNSUPPORTED = "NotSupportedService"


def credentials(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The reads of all credentials of a user, none of which leads on."""
    return (
        *switched(lookup, building),
        lookup.guarded(building, "login profile", _login_profile),
        lookup.guarded(building, "MFA devices", _mfa_devices),
    )


def switched(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The reads of a user's credentials that are active or not, of each sort one list."""
    return tuple(lookup.guarded(building, part, partial(_listed, part)) for part in _LISTS)


@dataclass(frozen=True, slots=True)
class _List:
    """IAM's list of one sort of credential: its operation, its items, and where their id is."""

    operation: str
    items: str
    id: str


_LISTS = {
    Part.ACCESS_KEYS: _List("list_access_keys", "AccessKeyMetadata", "AccessKeyId"),
    Part.SSH_KEYS: _List("list_ssh_public_keys", "SSHPublicKeys", "SSHPublicKeyId"),
    Part.SIGNING_CERTIFICATES: _List("list_signing_certificates", "Certificates", "CertificateId"),
    Part.SERVICE_CREDENTIALS: _List(
        "list_service_specific_credentials",
        "ServiceSpecificCredentials",
        "ServiceSpecificCredentialId",
    ),
}
"""A user's part -> the list of it.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
"""


def _listed(part: Part, lookup: Lookup, building: Building) -> Iterable[Read]:
    """In a partition that has no such service, nobody has a credential for it."""
    how = _LISTS[part]
    pages = existing(_pages(lookup, how.operation, building), partial(building.lose, part))
    try:
        held = {each[how.id]: each["Status"] for page in pages for each in page[how.items]}
    except ClientError as error:
        if code(error) != _UNSUPPORTED:
            raise
        held = {}
    building.hold(part, held)
    return ()


def _pages(lookup: Lookup, operation: str, building: Building) -> Iterable[Mapping[str, Any]]:
    """The pages of a list; the SDK has no paginator for one of them."""
    list_page = getattr(lookup.iam, operation)
    given = {"UserName": building.subject.name}
    while True:
        page = list_page(**given)
        yield page
        if not page.get("IsTruncated"):
            return
        given = {**given, "Marker": page["Marker"]}


def _login_profile(lookup: Lookup, building: Building) -> Iterable[Read]:
    """A user without a password is answered like one that does not exist.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html
    """
    try:
        lookup.iam.get_login_profile(UserName=building.subject.name)
    except ClientError as error:
        if code(error) != ABSENT:
            raise
        building.hold(Part.LOGIN_PROFILE, {})
    else:
        building.hold(Part.LOGIN_PROFILE, {ONLY: PRESENT})
    return ()


def _mfa_devices(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html."""
    pages = lookup.iam.get_paginator("list_mfa_devices").paginate(UserName=building.subject.name)
    held = {
        device["SerialNumber"]: device["SerialNumber"]
        for page in existing(pages, partial(building.lose, Part.MFA_DEVICES))
        for device in page["MFADevices"]
    }
    building.hold(Part.MFA_DEVICES, held)
    return ()

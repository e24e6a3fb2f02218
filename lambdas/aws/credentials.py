"""Credentials read live, of a user that is changed itself: what they are, never what they say."""

from collections.abc import Iterable
from functools import partial

from botocore.exceptions import ClientError

from lambdas.aws.building import Building
from lambdas.aws.lookup import ABSENT, Lookup, existing
from lambdas.aws.reads import Read, code
from lambdas.model.state import ONLY, PRESENT, Part


def credentials(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The reads of a user's access keys, login profile and MFA devices, none of which leads on."""
    return (
        lookup.guarded(building, "access keys", _access_keys),
        lookup.guarded(building, "login profile", _login_profile),
        lookup.guarded(building, "MFA devices", _mfa_devices),
    )


def _access_keys(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html."""
    pages = lookup.iam.get_paginator("list_access_keys").paginate(UserName=building.subject.name)
    held = {
        key["AccessKeyId"]: key["Status"]
        for page in existing(pages, partial(building.lose, Part.ACCESS_KEYS))
        for key in page["AccessKeyMetadata"]
    }
    building.hold(Part.ACCESS_KEYS, held)
    return ()


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

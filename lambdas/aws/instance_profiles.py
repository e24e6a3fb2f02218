"""Instance profiles read live: path, role and tags."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup, found
from lambdas.aws.reads import Read
from lambdas.aws.tags import tags_of
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient


def instance_profile(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The one read of an instance profile's state."""
    return (lookup.identifying(building, "profile", _profile),)


def instance_profiles(iam: "IAMClient") -> tuple[Subject, ...]:
    """Every instance profile of the account; what they hold the list tells in part only.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html
    """
    pages = iam.get_paginator("list_instance_profiles").paginate()
    return tuple(
        Subject(Kind.INSTANCE_PROFILE, each["InstanceProfileName"])
        for page in pages
        for each in page["InstanceProfiles"]
    )


def _profile(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html."""
    name = building.subject.name
    answer: Any = found(building, lambda: lookup.iam.get_instance_profile(InstanceProfileName=name))
    if answer is None:
        return ()
    profile = answer["InstanceProfile"]
    roles = [role["RoleName"] for role in profile["Roles"]]
    building.hold(Part.ROLE, {ONLY: roles[0]} if roles else {})
    building.hold(Part.PATH, {ONLY: profile["Path"]})
    building.hold(Part.TAGS, tags_of(profile))
    building.identify(profile["InstanceProfileId"], profile["Arn"])
    return ()

"""Policies read live: the default version of each; of one that is changed itself all, and tags."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from lambdas.aws.building import Building
from lambdas.aws.documents import default_version, exact
from lambdas.aws.lookup import Lookup, existing, found
from lambdas.aws.reads import Read
from lambdas.aws.tags import tags_of
from lambdas.model.state import ONLY, Part


def policy(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The first reads of a policy's state."""
    return (lookup.identifying(building, "default version", _default),)


def versions(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The reads of all versions of a policy that is changed itself."""
    return (lookup.guarded(building, "versions", _versions),)


def _default(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html."""
    arn = building.subject.name
    answer = found(building, lambda: lookup.iam.get_policy(PolicyArn=arn))
    if answer is None:
        if building.subject != lookup.changed:
            lookup.problems.add(f"{building.subject} does not exist (any more)")
        return ()
    profile: Mapping[str, Any] = answer["Policy"]
    version = profile["DefaultVersionId"]
    if building.subject == lookup.changed:
        building.hold(Part.TAGS, tags_of(profile))
    building.identify(profile["PolicyId"], arn)

    def document() -> Iterable[Read]:
        building.hold(Part.DOCUMENT, {version: default_version(lookup.iam, profile)})
        return ()

    return (lookup.problems.guarded(f"version {version} of {building.subject}", document),)


def _versions(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html."""

    def gone() -> None:
        building.lose(Part.VERSIONS)
        building.lose(Part.DEFAULT)

    paginator = lookup.iam.get_paginator("list_policy_versions")
    pages = existing(paginator.paginate(PolicyArn=building.subject.name), gone)
    listed = [version for page in pages for version in page["Versions"]]
    default = [each["VersionId"] for each in listed if each["IsDefaultVersion"]]
    building.hold(Part.DEFAULT, {ONLY: default[0]} if default else {})
    building.hold(Part.VERSIONS, {})
    return tuple(_version(lookup, building, each["VersionId"]) for each in listed)


def _version(lookup: Lookup, building: Building, version: str) -> Read:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html."""
    lost = partial(building.lose, Part.VERSIONS)

    def document() -> Iterable[Read]:
        get = lookup.iam.get_policy_version
        answers = (get(PolicyArn=building.subject.name, VersionId=each) for each in (version,))
        for answer in existing(answers, lost):
            building.hold(Part.VERSIONS, {version: exact(answer["PolicyVersion"]["Document"])})
        return ()

    return lookup.problems.guarded(f"version {version} of {building.subject}", document, lost)

"""Holders: users, roles and groups read live, with documents as exact text."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from lambdas.aws.building import Building
from lambdas.aws.documents import exact
from lambdas.aws.lookup import Lookup, existing, found
from lambdas.aws.reads import Read
from lambdas.aws.tags import tags_of
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

Profile = Mapping[str, Any]


def user(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The first reads of a user's state; what leads to the most further reads comes first."""
    return (
        lookup.guarded(building, "groups", _groups),
        lookup.identifying(building, "profile", _user_profile),
        *_held(lookup, building),
    )


def role(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The first reads of a role's state."""
    profile = lookup.identifying(building, "profile", _role_profile)
    return (profile, *_held(lookup, building))


def group(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The first reads of a group's state, whose profile may be known already."""
    profile = lookup.identifying(building, "profile", _group_profile)
    return (*_held(lookup, building), *(() if building.identified else (profile,)))


def role_settings(profile: Profile) -> dict[str, str]:
    """A role's settings as UpdateRole takes them; where there is no description, none is given.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
    """
    given = {name: profile.get(name) for name in ("Description", "MaxSessionDuration")}
    return {name: str(value) for name, value in given.items() if value not in (None, "")}


def is_group(building: Building, profile: Profile) -> None:
    """Note a group's profile, as several answers give it."""
    _called(building, profile)
    building.identify(profile["GroupId"], profile["Arn"])


def _called(building: Building, profile: Profile) -> None:
    """Note a user's or a group's name, as IAM spells it, and path."""
    building.hold(Part.NAME, {ONLY: profile[f"{building.subject.kind.capitalize()}Name"]})
    building.hold(Part.PATH, {ONLY: profile["Path"]})


def _user_profile(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html."""
    answer = found(building, lambda: lookup.iam.get_user(UserName=building.subject.name))
    if answer is None:
        return ()
    profile: Profile = answer["User"]
    _called(building, profile)
    building.hold(Part.TAGS, tags_of(profile))
    building.identify(profile["UserId"], profile["Arn"])
    return _bounded(lookup, building, profile)


def _role_profile(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html."""
    answer = found(building, lambda: lookup.iam.get_role(RoleName=building.subject.name))
    if answer is None:
        return ()
    profile: Profile = answer["Role"]
    building.hold(Part.TAGS, tags_of(profile))
    building.hold(Part.TRUST, {ONLY: exact(profile["AssumeRolePolicyDocument"])})
    building.hold(Part.SETTINGS, role_settings(profile))
    building.identify(profile["RoleId"], profile["Arn"])
    return _bounded(lookup, building, profile)


def _group_profile(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html."""
    name = building.subject.name
    answer = found(building, lambda: lookup.iam.get_group(GroupName=name, MaxItems=1))
    if answer is not None:
        is_group(building, answer["Group"])
    return ()


def _bounded(lookup: Lookup, building: Building, profile: Profile) -> Iterable[Read]:
    boundary = profile.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    building.hold(Part.BOUNDARY, {ONLY: boundary} if boundary else {})
    return tuple(lookup.more(Subject(Kind.POLICY, boundary))) if boundary else ()


def _held(lookup: Lookup, building: Building) -> Iterable[Read]:
    return (
        lookup.guarded(building, "attached policies", _attached),
        lookup.guarded(building, "inline policies", _inline),
    )


def _attached(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html."""
    pages = _pages(lookup, f"list_attached_{building.subject.kind}_policies", building)
    held = {
        policy["PolicyArn"]: policy["PolicyName"]
        for page in existing(pages, partial(building.lose, Part.ATTACHED))
        for policy in page["AttachedPolicies"]
    }
    building.hold(Part.ATTACHED, held)
    return tuple(read for arn in held for read in lookup.more(Subject(Kind.POLICY, arn)))


def _groups(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html."""
    pages = _pages(lookup, "list_groups_for_user", building)
    lost = partial(building.lose, Part.GROUPS)
    held = [group for page in existing(pages, lost) for group in page["Groups"]]
    building.hold(Part.GROUPS, {each["GroupName"]: each["GroupName"] for each in held})
    groups = ((Subject(Kind.GROUP, each["GroupName"]), each) for each in held)
    return tuple(read for group, profile in groups for read in lookup.more(group, profile))


def _inline(lookup: Lookup, building: Building) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html."""
    pages = _pages(lookup, f"list_{building.subject.kind}_policies", building)
    lost = partial(building.lose, Part.INLINE)
    names = [name for page in existing(pages, lost) for name in page["PolicyNames"]]
    building.hold(Part.INLINE, {})
    return tuple(_inline_policy(lookup, building, name) for name in names)


def _inline_policy(lookup: Lookup, building: Building, name: str) -> Read:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html."""
    get = getattr(lookup.iam, f"get_{building.subject.kind}_policy")
    lost = partial(building.lose, Part.INLINE)

    def document() -> Iterable[Read]:
        answers = (get(**_named(building), PolicyName=each) for each in (name,))
        for policy in existing(answers, lost):
            building.hold(Part.INLINE, {name: exact(policy["PolicyDocument"])})
        return ()

    return lookup.problems.guarded(f"inline policy {name} of {building.subject}", document, lost)


def _pages(lookup: Lookup, operation: str, building: Building) -> Iterable[Any]:
    """The pages of a list that IAM has for users, roles and groups alike."""
    paginator: Any = lookup.iam.get_paginator(operation)  # type: ignore[call-overload]  # the overloads want literal names
    pages: Iterable[Any] = paginator.paginate(**_named(building))
    return pages


def _named(building: Building) -> dict[str, str]:
    """The parameter by which IAM's calls name a user, a role or a group."""
    subject = building.subject
    return {f"{subject.kind.capitalize()}Name": subject.name}

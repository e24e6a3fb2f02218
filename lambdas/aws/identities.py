"""Identities: users, roles, groups and policies read live, with documents as exact text."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import ClientError

from lambdas.aws.building import Building
from lambdas.aws.documents import default_version, exact
from lambdas.aws.reads import Problems, Read, code
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

ABSENT = "NoSuchEntity"


class _Start(Protocol):
    def __call__(self, subject: Subject, known: tuple[str, str] | None = None) -> Iterable[Read]:
        """The first reads of one more subject, whose id and ARN may be known already."""


_Reader = Callable[[Building], Iterable[Read]]


class Identities:
    """The reads of one subject's state; ``more`` starts the state of another one.

    That ``changed`` does not exist is no problem: whoever changed it may have deleted it.
    """

    def __init__(
        self, iam: "IAMClient", problems: Problems, more: _Start, changed: Subject | None
    ) -> None:
        self._iam = iam
        self._changed = changed
        self._problems = problems
        self._more = more

    def reads(self, building: Building) -> Iterable[Read]:
        """The first reads of a user's, a role's, a group's or a policy's state."""
        makers: Mapping[Kind, _Reader] = {
            Kind.USER: self._user,
            Kind.ROLE: self._role,
            Kind.GROUP: self._group,
            Kind.POLICY: self._policy,
        }
        return makers[building.subject.kind](building)

    def _user(self, building: Building) -> Iterable[Read]:
        """What leads to the most further reads in a row comes first."""
        return (
            self._guarded(building, "groups", self._groups),
            self._identifying(building, "profile", self._profile),
            *self._held(building),
        )

    def _role(self, building: Building) -> Iterable[Read]:
        profile = self._identifying(building, "profile", self._role_profile)
        return (profile, *self._held(building))

    def _group(self, building: Building) -> Iterable[Read]:
        profile = self._identifying(building, "profile", self._group_profile)
        return (*self._held(building), *(() if building.identified else (profile,)))

    def _held(self, building: Building) -> Iterable[Read]:
        return (
            self._guarded(building, "attached policies", self._attached),
            self._guarded(building, "inline policies", self._inline),
        )

    def _policy(self, building: Building) -> Iterable[Read]:
        return (self._identifying(building, "default version", self._default_version),)

    def versions(self, building: Building) -> Iterable[Read]:
        """The reads of all versions of a policy that is changed itself."""
        return (self._guarded(building, "versions", self._versions),)

    def _versions(self, building: Building) -> Iterable[Read]:
        arn = building.subject.name
        pages = self._iam.get_paginator("list_policy_versions").paginate(PolicyArn=arn)
        listed = [version for page in existing(pages) for version in page["Versions"]]
        default = [each["VersionId"] for each in listed if each["IsDefaultVersion"]]
        building.hold(Part.DEFAULT, {ONLY: default[0]} if default else {})
        building.hold(Part.VERSIONS, {})

        def document(version: str) -> Iterable[Read]:
            answers = (self._iam.get_policy_version(PolicyArn=arn, VersionId=v) for v in (version,))
            for answer in existing(answers):
                building.hold(Part.VERSIONS, {version: exact(answer["PolicyVersion"]["Document"])})
            return ()

        return tuple(
            self._problems.guarded(
                f"version {each['VersionId']} of {building.subject}",
                partial(document, each["VersionId"]),
                partial(building.lose, Part.VERSIONS),
            )
            for each in listed
        )

    def _guarded(self, building: Building, what: str, read: _Reader) -> Read:
        return self._problems.guarded(f"the {what} of {building.subject}", partial(read, building))

    def _identifying(self, building: Building, what: str, read: _Reader) -> Read:
        name = f"the {what} of {building.subject}"
        return self._problems.guarded(name, partial(read, building), building.close)

    def _profile(self, building: Building) -> Iterable[Read]:
        user = self._found(building, lambda: self._iam.get_user(UserName=building.subject.name))
        if user is None:
            return ()
        building.identify(user["User"]["UserId"], user["User"]["Arn"])
        return self._bounded(building, user["User"])

    def _role_profile(self, building: Building) -> Iterable[Read]:
        role = self._found(building, lambda: self._iam.get_role(RoleName=building.subject.name))
        if role is None:
            return ()
        trust = exact(role["Role"]["AssumeRolePolicyDocument"])
        building.hold(Part.TRUST, {ONLY: trust})
        building.identify(role["Role"]["RoleId"], role["Role"]["Arn"])
        return self._bounded(building, role["Role"])

    def _bounded(self, building: Building, profile: Mapping[str, Any]) -> Iterable[Read]:
        boundary = profile.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        building.hold(Part.BOUNDARY, {ONLY: boundary} if boundary else {})
        return tuple(self._more(Subject(Kind.POLICY, boundary))) if boundary else ()

    def _group_profile(self, building: Building) -> Iterable[Read]:
        name = building.subject.name
        group = self._found(building, lambda: self._iam.get_group(GroupName=name, MaxItems=1))
        if group is not None:
            building.identify(group["Group"]["GroupId"], group["Group"]["Arn"])
        return ()

    def _found(self, building: Building, get: Callable[[], Any]) -> Any:
        """What was got, or None, with the building told, where the subject does not exist."""
        try:
            return get()
        except ClientError as error:
            if code(error) != ABSENT:
                raise
            building.vanish()
            return None

    def _attached(self, building: Building) -> Iterable[Read]:
        pages = self._pages(f"list_attached_{building.subject.kind}_policies", building)
        held = {
            policy["PolicyArn"]: policy["PolicyName"]
            for page in existing(pages, partial(building.lose, Part.ATTACHED))
            for policy in page["AttachedPolicies"]
        }
        building.hold(Part.ATTACHED, held)
        return tuple(read for arn in held for read in self._more(Subject(Kind.POLICY, arn)))

    def _groups(self, building: Building) -> Iterable[Read]:
        pages = self._iam.get_paginator("list_groups_for_user").paginate(
            UserName=building.subject.name
        )
        held = {
            group["GroupName"]: (group["GroupId"], group["Arn"])
            for page in existing(pages, partial(building.lose, Part.GROUPS))
            for group in page["Groups"]
        }
        building.hold(Part.GROUPS, {name: name for name in held})
        groups = ((Subject(Kind.GROUP, name), known) for name, known in held.items())
        return tuple(read for group, known in groups for read in self._more(group, known))

    def _inline(self, building: Building) -> Iterable[Read]:
        pages = self._pages(f"list_{building.subject.kind}_policies", building)
        get = getattr(self._iam, f"get_{building.subject.kind}_policy")
        gone = partial(building.lose, Part.INLINE)
        names = [name for page in existing(pages, gone) for name in page["PolicyNames"]]
        building.hold(Part.INLINE, {})

        def document(name: str) -> Iterable[Read]:
            answers = (get(**_named(building), PolicyName=each) for each in (name,))
            for policy in existing(answers, gone):
                building.hold(Part.INLINE, {name: exact(policy["PolicyDocument"])})
            return ()

        return tuple(
            self._problems.guarded(
                f"inline policy {name} of {building.subject}",
                partial(document, name),
                partial(building.lose, Part.INLINE),
            )
            for name in names
        )

    def _pages(self, operation: str, building: Building) -> Iterable[Any]:
        """The pages of a list that IAM has for users, roles and groups alike."""
        paginator: Any = self._iam.get_paginator(operation)  # type: ignore[call-overload]  # the overloads want literal names
        pages: Iterable[Any] = paginator.paginate(**_named(building))
        return pages

    def _default_version(self, building: Building) -> Iterable[Read]:
        arn = building.subject.name
        policy = self._found(building, lambda: self._iam.get_policy(PolicyArn=arn))
        if policy is None:
            if building.subject != self._changed:
                self._problems.add(f"{building.subject} does not exist (any more)")
            return ()
        version = policy["Policy"]["DefaultVersionId"]
        building.identify(policy["Policy"]["PolicyId"], arn)

        def document() -> Iterable[Read]:
            text = default_version(self._iam, policy["Policy"])
            building.hold(Part.DOCUMENT, {version: text})
            return ()

        return (self._problems.guarded(f"version {version} of {building.subject}", document),)


def _named(building: Building) -> dict[str, str]:
    """The parameter by which IAM's calls name a user, a role or a group."""
    subject = building.subject
    return {f"{subject.kind.capitalize()}Name": subject.name}


def existing(pages: Iterable[Any], gone: Callable[[], object] = tuple) -> Iterable[Any]:
    """The answers up to the one that says that the subject, or the policy, is gone meanwhile.

    What was read of it then is no state: another read may say that the subject is there.
    """
    try:
        yield from pages
    except ClientError as error:
        if code(error) != ABSENT:
            raise
        gone()

"""Details: the whole account's identities, page by page, and the names of its trails."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lambdas.aws.documents import exact
from lambdas.aws.tags import tags_of
from lambdas.model.arn import Arn
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import PRINCIPALS, Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_cloudtrail import CloudTrailClient
    from mypy_boto3_iam import IAMClient

Json = Mapping[str, Any]
Parts = Mapping[Part, Mapping[str, str]]


def pages(iam: "IAMClient", kind: Kind | None = None) -> Iterable[States]:
    """The states of all users, groups, roles and policies in use, or of those of one kind.

    Of policies alone, those that AWS owns are left out.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
    """
    return _pages(iam, (_FILTERS[kind],) if kind else ())


def users(iam: "IAMClient", size: int) -> Iterable[States]:
    """The states of all users, so many at a time."""
    return _pages(iam, (_FILTERS[Kind.USER],), size)


def others(iam: "IAMClient") -> Iterable[States]:
    """The states of all groups, roles and policies in use."""
    return _pages(iam, _OTHERS)


def _pages(iam: "IAMClient", wanted: Sequence[str], size: int | None = None) -> Iterable[States]:
    as_of = datetime.now(UTC)
    paginator = iam.get_paginator("get_account_authorization_details")
    given: dict[str, Any] = {"Filter": [*wanted]} if wanted else {}
    for page in paginator.paginate(**given, PaginationConfig={"PageSize": size or PAGE}):
        yield page_states(page, as_of)
        as_of = datetime.now(UTC)


def page_states(page: Json, as_of: datetime) -> States:
    """The states that one page of GetAccountAuthorizationDetails holds, texts still URL-encoded."""
    states = (_state(kind, each, as_of) for kind, field in _LISTS for each in page[field])
    return States({state.subject: state for state in states})


def owners(page: States) -> frozenset[Subject]:
    """The account of which a page holds users or roles."""
    arns = (Arn.parse(each.arn) for each in page.known.values() if each.subject.kind in PRINCIPALS)
    return frozenset(Subject(Kind.ACCOUNT, arn.account) for arn in arns if arn)


def is_aws(policy: str) -> bool:
    """Whether AWS owns the policy with this ARN, which nobody here can change or tag."""
    return "::aws:policy/" in policy


def trails(cloudtrail: "CloudTrailClient") -> tuple[Subject, ...]:
    """Every trail that records in this region, wherever its home is.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
    """
    return _trails(cloudtrail, shadows=True)


def trails_at_home(cloudtrail: "CloudTrailClient") -> tuple[Subject, ...]:
    """Every trail whose home is this region: one of another region may record here, too."""
    return _trails(cloudtrail, shadows=False)


def _trails(cloudtrail: "CloudTrailClient", *, shadows: bool) -> tuple[Subject, ...]:
    found = cloudtrail.describe_trails(includeShadowTrails=shadows)["trailList"]
    return tuple(Subject(Kind.TRAIL, trail["TrailARN"]) for trail in found)


PAGE = 1000
"""Items asked for at once, the most that there may be."""
_FILTERS = {
    Kind.USER: "User",
    Kind.GROUP: "Group",
    Kind.ROLE: "Role",
    Kind.POLICY: "LocalManagedPolicy",
}
_OTHERS = ("Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy")
_LISTS = (
    (Kind.USER, "UserDetailList"),
    (Kind.GROUP, "GroupDetailList"),
    (Kind.ROLE, "RoleDetailList"),
    (Kind.POLICY, "Policies"),
)


def _state(kind: Kind, detail: Json, as_of: datetime) -> State:
    arn = detail["Arn"]
    name = {Kind.POLICY: arn}.get(kind) or detail[f"{kind.capitalize()}Name"]
    return State(
        subject=Subject(kind, name),
        unique_id=detail[f"{kind.capitalize()}Id"],
        arn=arn,
        as_of=as_of,
        parts=_PARTS[kind](detail),
    )


def _user(detail: Json) -> Parts:
    groups = {name: name for name in detail.get("GroupList", ())}
    held = _held(detail, "UserPolicyList")
    called, tagged = _called(Kind.USER, detail), {Part.TAGS: tags_of(detail)}
    return {**called, **held, Part.GROUPS: groups, **_boundary(detail), **tagged}


def _group(detail: Json) -> Parts:
    return {**_called(Kind.GROUP, detail), **_held(detail, "GroupPolicyList")}


def _called(kind: Kind, detail: Json) -> Parts:
    """A user's or a group's name and path, of which a dump that was cut down may lack the path."""
    name = {Part.NAME: {ONLY: detail[f"{kind.capitalize()}Name"]}}
    return {**name, Part.PATH: {ONLY: detail["Path"]}} if "Path" in detail else name


def _role(detail: Json) -> Parts:
    trust = {ONLY: exact(detail["AssumeRolePolicyDocument"])}
    held, tagged = _held(detail, "RolePolicyList"), {Part.TAGS: tags_of(detail)}
    return {**held, Part.TRUST: trust, **_boundary(detail), **tagged}


def _policy(detail: Json) -> Parts:
    """AWS's own policies, which nobody here can change, are kept without their former versions."""
    versions = {v["VersionId"]: exact(v["Document"]) for v in detail["PolicyVersionList"]}
    chosen = [v["VersionId"] for v in detail["PolicyVersionList"] if v["IsDefaultVersion"]]
    document = {Part.DOCUMENT: {version: versions[version] for version in chosen}}
    if is_aws(detail["Arn"]):
        return document
    default = {ONLY: chosen[0]} if chosen else {}
    return {**document, Part.VERSIONS: versions, Part.DEFAULT: default}


def _held(detail: Json, inline: str) -> Parts:
    attached = detail.get("AttachedManagedPolicies", ())
    return {
        Part.ATTACHED: {policy["PolicyArn"]: policy["PolicyName"] for policy in attached},
        Part.INLINE: {
            policy["PolicyName"]: exact(policy["PolicyDocument"])
            for policy in detail.get(inline, ())
        },
    }


def _boundary(detail: Json) -> Parts:
    arn = detail.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    return {Part.BOUNDARY: {ONLY: arn} if arn else {}}


_PARTS = {Kind.USER: _user, Kind.GROUP: _group, Kind.ROLE: _role, Kind.POLICY: _policy}

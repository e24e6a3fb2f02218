"""The whole account's identities, with what GetAccountAuthorizationDetails leaves out of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from lambdas.aws import details
from lambdas.aws.holders import role_settings
from lambdas.aws.lookup import existing
from lambdas.aws.reads import Problems, Read, drain
from lambdas.aws.tags import tags_of
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

Values = Mapping[str, str]


def others(iam: "IAMClient") -> Iterator[States]:
    """The states of all groups, roles and policies in use, page by page.

    Roles count as of the moment before their settings were read: a state must not be older than it
    says.
    """
    as_of = datetime.now(UTC)
    settings = _settings(iam)
    for page in details.others(iam):
        problems = Problems()
        tags = _policy_tags(iam, page.known, problems)
        states = (_completed(state, settings, as_of, tags) for state in page.known.values())
        yield States({state.subject: state for state in states}, _of_parts(problems))


def _of_parts(problems: Problems) -> tuple[Problem, ...]:
    """The problems as what they are: a policy's tags are not known, and no policy was missed."""
    return tuple(replace(each, severity=Severity.MEDIUM) for each in problems.all())


def _completed(
    state: State,
    settings: Mapping[str, Values],
    as_of: datetime,
    tags: Mapping[Subject, Values],
) -> State:
    """A state with what was read beside it; a role made since has no settings that are known."""
    if state.unique_id in settings:
        parts = {**state.parts, Part.SETTINGS: settings[state.unique_id]}
        return replace(state, parts=parts, as_of=as_of)
    if state.subject in tags:
        return replace(state, parts={**state.parts, Part.TAGS: tags[state.subject]})
    return state


def _settings(iam: "IAMClient") -> dict[str, Values]:
    """A role's unique id -> its settings.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
    """
    pages = iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": details.PAGE})
    return {role["RoleId"]: role_settings(role) for page in pages for role in page["Roles"]}


def _policy_tags(
    iam: "IAMClient", subjects: Iterable[Subject], problems: Problems
) -> dict[Subject, Values]:
    """The tags of the account's own policies: AWS's own have none."""
    found: dict[Subject, Values] = {}
    wanted = (subject for subject in subjects if subject.kind is Kind.POLICY)
    drain(
        problems.guarded(f"the tags of {each}", partial(_tags, iam, each, found))
        for each in wanted
        if not details.is_aws(each.name)
    )
    return found


def _tags(iam: "IAMClient", policy: Subject, found: dict[Subject, Values]) -> Iterable[Read]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html."""
    gone: list[bool] = []
    pages: Iterable[Any] = iam.get_paginator("list_policy_tags").paginate(PolicyArn=policy.name)
    held = [tags_of(page) for page in existing(pages, partial(gone.append, True))]
    if not gone:
        found[policy] = {key: value for each in held for key, value in each.items()}
    return ()

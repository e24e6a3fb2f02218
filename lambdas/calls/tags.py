"""Tags set and taken away, of everything in IAM that has some, and of trails.

Policies may decide by them: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
"""

from collections.abc import Mapping
from functools import partial

from lambdas.calls.holders import arns
from lambdas.calls.instance_profile import PROFILES
from lambdas.calls.tagged import Tagged, tags_set, tags_taken
from lambdas.calls.trail import TRAILS
from lambdas.calls.trail import tag as trail_tag
from lambdas.calls.watched import CLOUDTRAIL, Scope, WatchedCall
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind

Tags = Mapping[str, tuple[str, str]]
"""A key as it is told from others -> how it is spelled, and its value."""


def _former(of: Tagged, change: Change, before: State | None, live: State | None) -> Revert:
    """What this change set or took away, as it was; a tag that is newer by now is left alone."""
    if before is None or live is None:
        return Irreversible(f"{change.subject} is not to be found")
    if not (before.parts.keys() & live.parts.keys() >= {Part.TAGS}):
        return Irreversible("the tags were not read in full")
    was, now = _held(of, before), _held(of, live)
    mine = [edit for edit in change.edits if now.get(of.fold(edit.key)) == _left(edit)]
    former = {edit.key: was.get(of.fold(edit.key)) for edit in mine}
    new = [key for key, tag in former.items() if tag is None and of.fold(key) in now]
    again = [tag for key, tag in former.items() if tag and tag != now.get(of.fold(key))]
    calls = ((of.taken_away, _untagging(of, new)), (of.set, _tagging(of, again)))
    return tuple(_call(of, change, live, name, given) for name, given in calls if given)


def _left(edit: Edit) -> tuple[str, str] | None:
    """What an edit leaves under its key."""
    return None if edit.value is None else (edit.key, edit.value)


def _held(of: Tagged, state: State) -> Tags:
    return {of.fold(key): (key, value) for key, value in state.parts[Part.TAGS].items()}


def _untagging(of: Tagged, keys: list[str]) -> dict[str, object]:
    """The parameter that names what is to be taken away; nothing where there is none."""
    named = [{"Key": key} for key in keys] if of.taken == of.given else keys
    return {of.taken: named} if keys else {}


def _tagging(of: Tagged, held: list[tuple[str, str]]) -> dict[str, object]:
    """The parameter with the tags that are to be set; nothing where there is none."""
    return {of.given: [of.spelled(*tag) for tag in held]} if held else {}


def _call(
    of: Tagged, change: Change, live: State, operation: str, given: Mapping[str, object]
) -> Call:
    """A call where the subject is at home: IAM's has no region of its own."""
    arn = Arn.parse(live.arn)
    return Call(
        service=of.service,
        operation=operation,
        parameters={of.named: live.subject.name, **given},
        region=(arn.region if arn else "") or change.region,
    )


_TAGGED = (
    Tagged(
        kind=Kind.USER,
        set="TagUser",
        taken_away="UntagUser",
        named="UserName",
        resources=arns(Kind.USER),
        fold=str.casefold,
    ),
    Tagged(
        kind=Kind.ROLE,
        set="TagRole",
        taken_away="UntagRole",
        named="RoleName",
        resources=arns(Kind.ROLE),
        fold=str.casefold,
    ),
    Tagged(
        kind=Kind.POLICY,
        set="TagPolicy",
        taken_away="UntagPolicy",
        named="PolicyArn",
        resources=arns(Kind.POLICY),
    ),
    Tagged(
        kind=Kind.MFA_DEVICE,
        set="TagMFADevice",
        taken_away="UntagMFADevice",
        named="SerialNumber",
        resources=("arn:{partition}:iam::{account}:mfa/*",),
    ),
    Tagged(
        kind=Kind.INSTANCE_PROFILE,
        set="TagInstanceProfile",
        taken_away="UntagInstanceProfile",
        named="InstanceProfileName",
        resources=PROFILES,
    ),
    Tagged(
        kind=Kind.OIDC_PROVIDER,
        set="TagOpenIDConnectProvider",
        taken_away="UntagOpenIDConnectProvider",
        named="OpenIDConnectProviderArn",
        resources=("arn:{partition}:iam::{account}:oidc-provider/*",),
    ),
    Tagged(
        kind=Kind.SAML_PROVIDER,
        set="TagSAMLProvider",
        taken_away="UntagSAMLProvider",
        named="SAMLProviderArn",
        resources=("arn:{partition}:iam::{account}:saml-provider/*",),
    ),
    Tagged(
        kind=Kind.SERVER_CERTIFICATE,
        set="TagServerCertificate",
        taken_away="UntagServerCertificate",
        named="ServerCertificateName",
        resources=("arn:{partition}:iam::{account}:server-certificate/*",),
    ),
    Tagged(
        kind=Kind.TRAIL,
        set="AddTags",
        taken_away="RemoveTags",
        named="ResourceId",
        resources=TRAILS,
        source=CLOUDTRAIL,
        scope=Scope.TRAIL_HOME,
        given="TagsList",
        taken="TagsList",
        spelled=trail_tag,
    ),
)
"""Only the keys of users' and roles' tags mean the same in upper and lower case.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
"""


_READ_WITH_POLICIES = frozenset({Kind.USER, Kind.ROLE, Kind.POLICY})
"""Kinds of subject with which documents are read: of no other is a tag seen to decide."""


def _watched(of: Tagged) -> tuple[WatchedCall, WatchedCall]:
    """The two entries of the catalogue; what was taken away only a person gives back."""
    calling = partial(
        WatchedCall,
        source=of.source,
        family=Family.TAGS,
        scope=of.scope,
        kind=of.kind,
        rebuild=partial(_former, of),
    )
    setting, taking = (
        Permission(action=f"{of.service}:{name}", resources=of.resources)
        for name in (of.set, of.taken_away)
    )
    return (
        calling(
            name=of.set,
            parse=partial(tags_set, of),
            permissions=(taking, setting),
            manual=of.kind not in _READ_WITH_POLICIES,
        ),
        calling(
            name=of.taken_away,
            parse=partial(tags_taken, of),
            permissions=(setting,),
            manual=True,
        ),
    )


CALLS = tuple(call for each in _TAGGED for call in _watched(each))

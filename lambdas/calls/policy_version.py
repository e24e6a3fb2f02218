"""Customer managed policies made and deleted, their versions made, chosen and deleted."""

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import (
    IAM,
    Parse,
    Rebuild,
    Scope,
    Target,
    UnreadableParametersError,
    WatchedCall,
    Where,
    text,
)
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

_POLICIES = ("arn:{partition}:iam::{account}:policy/*",)
_NUMBERED = "a version that was deleted could only come back under another number"
_ANOTHER = "a policy of the same name would be another one, with no history and attached to nobody"
_TEXT_LOST = "its former default version was deleted since, and nobody knows its text any more"
_VERSIONING = ("SetDefaultPolicyVersion", "CreatePolicyVersion", "DeletePolicyVersion")
_MOST = 5
"""Versions that a policy can have."""
_FIRST = "v1"
_TRUE, _FALSE = "true", "false"


def _created(parameters: Parameters, where: Where) -> Target:
    """The new version's number stands in the answer only.

    The default comes first, so that an undo has left the version before it deletes it.
    """
    version = Edit(Part.VERSIONS, _number(where), text(parameters, "policyDocument"), fresh=True)
    default = Edit(Part.DEFAULT, ONLY, version.key)
    return _policy(parameters), (default, version) if _is_default(parameters) else (version,)


def _made(parameters: Parameters, where: Where) -> Target:
    """A policy's first version is v1, and its default one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
    """
    path = "/" if parameters.get("path") is None else text(parameters, "path")
    policy = where.arn("iam", f"policy{path}{text(parameters, 'policyName')}")
    version = Edit(Part.VERSIONS, _FIRST, text(parameters, "policyDocument"), fresh=True)
    return Subject(Kind.POLICY, policy), (version, Edit(Part.DEFAULT, ONLY, _FIRST, fresh=True))


def _unmade(change: Change, _: State | None, live: State | None) -> Revert:
    """IAM itself refuses to delete a policy that is attached or bounds somebody."""
    if live is None:
        return ()
    if live.parts.get(Part.VERSIONS, {}).keys() != {_FIRST}:
        return Irreversible("the new policy has other versions by now, or they were not read")
    given = {"PolicyArn": live.subject.name}
    return (Call(service="iam", operation="DeletePolicy", parameters=given, region=change.region),)


def _number(where: Where) -> str:
    answered = where.answer.get("policyVersion")
    number = answered.get("versionId") if isinstance(answered, dict) else None
    if not isinstance(number, str) or not number:
        raise UnreadableParametersError("responseElements do not say which version was made")
    return number


def _is_default(parameters: Parameters) -> bool:
    """Whether the new version is the default one; left out, it is not.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html
    """
    given = str(parameters.get("setAsDefault", _FALSE)).lower()
    if given not in (_TRUE, _FALSE):
        raise UnreadableParametersError(f"requestParameters.setAsDefault is {given!r}")
    return given == _TRUE


def _chosen(parameters: Parameters, _: Where) -> Target:
    return _policy(parameters), (Edit(Part.DEFAULT, ONLY, text(parameters, "versionId")),)


def _deleted_version(parameters: Parameters, _: Where) -> Target:
    return _policy(parameters), (Edit(Part.VERSIONS, text(parameters, "versionId"), None),)


def _deleted(parameters: Parameters, _: Where) -> Target:
    return _policy(parameters), ()


def _policy(parameters: Parameters) -> Subject:
    return Subject(Kind.POLICY, text(parameters, "policyArn"))


def _taken_back(change: Change, before: State | None, live: State | None) -> Revert:
    """The former default first: the new one cannot be deleted while it is the default."""
    if before is None or live is None:
        return Irreversible(f"{change.subject} is not to be found")
    if any(edit.part not in before.parts for edit in change.edits if not edit.fresh):
        return Irreversible("what was there before was not read in full")
    calls: list[Call] = []
    for edit in change.edits:
        if edit.shown_by(before) or not edit.shown_by(live):
            continue
        if edit.part is Part.VERSIONS:
            calls += _call(change, live, "DeletePolicyVersion", edit.key)
            continue
        again = _default_again(change, before, live)
        if isinstance(again, Irreversible):
            return again
        calls += again
    return tuple(calls)


def _default_again(change: Change, before: State, live: State) -> Revert:
    """The former default chosen again; one that was deleted since is made again from its text.

    Nobody can delete it while it is the default, so that the change is what let it be deleted. It
    comes back under another number, and of five versions one made since the change gives way.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
    """
    former, held = before.value(Part.DEFAULT) or "", live.parts.get(Part.VERSIONS, {})
    text = before.value(Part.VERSIONS, former)
    mine = {edit.key for edit in change.edits}
    if former in held or (not held and Part.VERSIONS not in live.parts):
        return _call(change, live, "SetDefaultPolicyVersion", former)
    if text is None:
        return Irreversible(_TEXT_LOST)
    since = [each for each in held if each not in mine and each not in before.parts[Part.VERSIONS]]
    gone = _call(change, live, "DeletePolicyVersion", since[0]) if since else ()
    given = {"PolicyArn": live.subject.name, "PolicyDocument": text, "SetAsDefault": True}
    made = Call(
        service="iam", operation="CreatePolicyVersion", parameters=given, region=change.region
    )
    return (*(gone if len(held) >= _MOST else ()), made)


def _call(change: Change, live: State, operation: str, version: str) -> tuple[Call, ...]:
    given = {"PolicyArn": live.subject.name, "VersionId": version}
    return (Call(service="iam", operation=operation, parameters=given, region=change.region),)


def _watched(
    name: str,
    parse: Parse,
    undone_by: tuple[str, ...] = (),
    *,
    irreversible: str | None = None,
    lifecycle: Lifecycle | None = None,
    rebuild: Rebuild | None = None,
    manual: bool = False,
) -> WatchedCall:
    return WatchedCall(
        source=IAM,
        name=name,
        family=Family.POLICY_VERSION,
        scope=Scope.IAM_HOME,
        kind=Kind.POLICY,
        parse=parse,
        permissions=tuple(
            Permission(action=f"iam:{operation}", resources=_POLICIES) for operation in undone_by
        ),
        irreversible=irreversible,
        lifecycle=lifecycle,
        rebuild=rebuild,
        manual=manual,
    )


CALLS = (
    _watched(
        "CreatePolicy",
        _made,
        ("DeletePolicy",),
        lifecycle=Lifecycle.CREATED,
        rebuild=_unmade,
        manual=True,
    ),
    _watched("CreatePolicyVersion", _created, _VERSIONING, rebuild=_taken_back),
    _watched("SetDefaultPolicyVersion", _chosen, _VERSIONING, rebuild=_taken_back),
    _watched("DeletePolicyVersion", _deleted_version, irreversible=_NUMBERED),
    _watched("DeletePolicy", _deleted, irreversible=_ANOTHER, lifecycle=Lifecycle.DELETED),
)

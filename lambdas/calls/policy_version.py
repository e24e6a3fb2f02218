"""Customer managed policies made and deleted, their versions made, chosen and deleted."""

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import (
    IAM,
    Parse,
    Rebuild,
    Restore,
    Scope,
    Target,
    UnreadableParametersError,
    WatchedCall,
    Where,
    nothing,
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


def _former(change: Change, live: State, edit: Edit, former: str | None) -> tuple[Call, ...]:
    """The former default chosen again, and a version that was not there deleted."""
    if edit.part is Part.DEFAULT and former is not None:
        return _call(change, live, "SetDefaultPolicyVersion", former)
    if edit.part is Part.VERSIONS and former is None:
        return _call(change, live, "DeletePolicyVersion", edit.key)
    return ()


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
    restore: Restore = _former if undone_by else nothing
    return WatchedCall(
        source=IAM,
        name=name,
        family=Family.POLICY_VERSION,
        scope=Scope.IAM_HOME,
        kind=Kind.POLICY,
        parse=parse,
        restore=restore,
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
    _watched("CreatePolicyVersion", _created, ("SetDefaultPolicyVersion", "DeletePolicyVersion")),
    _watched("SetDefaultPolicyVersion", _chosen, ("SetDefaultPolicyVersion",)),
    _watched("DeletePolicyVersion", _deleted_version, irreversible=_NUMBERED),
    _watched("DeletePolicy", _deleted, irreversible=_ANOTHER, lifecycle=Lifecycle.DELETED),
)

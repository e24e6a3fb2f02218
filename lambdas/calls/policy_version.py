"""Customer managed policies: versions made, made the default and deleted, and policies deleted."""

from collections.abc import Callable

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import (
    IAM,
    Restore,
    Scope,
    Target,
    UnreadableParametersError,
    WatchedCall,
    Where,
    text,
)
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

_POLICIES = ("arn:{partition}:iam::{account}:policy/*",)
_NUMBERED = "a version that was deleted could only come back under another number"
_ANOTHER = "a policy of the same name would be another one, with no history and attached to nobody"
_TRUE, _FALSE = "true", "false"


def _created(parameters: Parameters, where: Where) -> Target:
    """The new version's number stands in the answer only.

    The default comes first, so that an undo has left the version before it deletes it.
    """
    version = Edit(Part.VERSIONS, _number(where), text(parameters, "policyDocument"))
    default = Edit(Part.DEFAULT, ONLY, version.key)
    return _policy(parameters), (default, version) if _is_default(parameters) else (version,)


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
    """The policy with all that it held: there is no state left that an edit could be laid over."""
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


def _nothing(_: Change, __: State, ___: Edit, ____: str | None) -> tuple[Call, ...]:
    return ()


def _watched(
    name: str,
    parse: Callable[[Parameters, Where], Target],
    undone_by: tuple[str, ...] = (),
    irreversible: str | None = None,
) -> WatchedCall:
    restore: Restore = _former if undone_by else _nothing
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
    )


CALLS = (
    _watched("CreatePolicyVersion", _created, ("SetDefaultPolicyVersion", "DeletePolicyVersion")),
    _watched("SetDefaultPolicyVersion", _chosen, ("SetDefaultPolicyVersion",)),
    _watched("DeletePolicyVersion", _deleted_version, irreversible=_NUMBERED),
    _watched("DeletePolicy", _deleted, irreversible=_ANOTHER),
)

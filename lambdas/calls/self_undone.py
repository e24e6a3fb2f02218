"""Snapback's watches and functions: the calls on them that are taken back exactly.

A watch's state and targets, and a function's reserved concurrency, are read and remembered; each
has a call that sets it. Whoever sets them needs no power over code, roles or what a watch asks for.
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.parts import texts
from lambdas.calls.selectors import canonical
from lambdas.calls.self_computing import FUNCTION, WATCH
from lambdas.calls.watched import (
    Scope,
    Target,
    Together,
    UnreadableParametersError,
    WatchedCall,
    Where,
)
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Revert
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind

_NAMED = ("Snapback*", "snapback*")
WATCHES = tuple(f"arn:{{partition}}:events:*:{{account}}:rule/{name}" for name in _NAMED)
"""The ARN patterns of Snapback's watches, in whatever region."""
FUNCTIONS = tuple(
    f"arn:{{partition}}:lambda:{{region}}:{{account}}:function:{name}" for name in _NAMED
)
_ENABLED = "ENABLED"
Edits = Callable[[Parameters], tuple[Edit, ...]]


def passes_a_role(call: Call) -> bool:
    """Whether a call names a role by which EventBridge is to reach a target.

    That needs iam:PassRole to it, which is not among the permissions below: whoever may pass roles
    to EventBridge has events start what these roles may.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
    """
    targets = call.parameters.get("Targets")
    named = targets if call.operation == "PutTargets" and isinstance(targets, list) else []
    return any("RoleArn" in each for each in named)


def _parsed(edits: Edits, parameters: Parameters, where: Where, *, kind: Kind) -> Target:
    sort = WATCH if kind is Kind.WATCH else FUNCTION
    return sort.located(parameters, where), edits(parameters)


def _state(value: str, _: Parameters) -> tuple[Edit, ...]:
    return (Edit(Part.STATE, ONLY, value),)


def _removed(parameters: Parameters) -> tuple[Edit, ...]:
    ids = texts(parameters.get("ids"))
    if not ids:
        raise UnreadableParametersError("requestParameters.ids name no target")
    return tuple(Edit(Part.TARGETS, each, None) for each in ids)


def _put(parameters: Parameters) -> tuple[Edit, ...]:
    given = parameters.get("targets")
    targets = given if isinstance(given, list) else []
    named = [each for each in targets if isinstance(each, Mapping) and texts(each.get("id"))]
    if not named or len(named) < len(targets):
        raise UnreadableParametersError("requestParameters.targets do not say which they are")
    return tuple(Edit(Part.TARGETS, str(each["id"]), canonical(each)) for each in named)


def _reserved(parameters: Parameters) -> tuple[Edit, ...]:
    given = parameters.get("reservedConcurrentExecutions")
    if not isinstance(given, int) or isinstance(given, bool):
        raise UnreadableParametersError(
            f"requestParameters.reservedConcurrentExecutions is {given!r}, not a number"
        )
    return (Edit(Part.CONCURRENCY, ONLY, str(given)),)


def _unreserved(_: Parameters) -> tuple[Edit, ...]:
    return (Edit(Part.CONCURRENCY, ONLY, None),)


def _enabled(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    """A watch that was disabled before stays as it is: nothing of Snapback's is switched off."""
    if _ENABLED not in former.values():
        return ()
    return (_on_watch(change, live, "EnableRule", Name=_name(live)),)


def _targets(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    """The former targets in one call, those that were not there before taken away in another."""
    back = [json.loads(value) for value in former.values() if value is not None]
    gone = [edit.key for edit, value in former.items() if value is None]
    put = (_on_watch(change, live, "PutTargets", Rule=_name(live), Targets=back),)
    removed = (_on_watch(change, live, "RemoveTargets", Rule=_name(live), Ids=gone),)
    return (*(put if back else ()), *(removed if gone else ()))


def _concurrency(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    for value in former.values():
        if value is None:
            return (_on_function(change, live, "DeleteFunctionConcurrency"),)
        reserved = {"ReservedConcurrentExecutions": int(value)}
        return (_on_function(change, live, "PutFunctionConcurrency", **reserved),)
    return ()


def _on_watch(change: Change, live: State, operation: str, **given: object) -> Call:
    arn = Arn.parse(live.arn)
    region = arn.region if arn else change.region
    return Call(service="events", operation=operation, parameters=given, region=region)


def _on_function(change: Change, live: State, operation: str, **given: object) -> Call:
    parameters = {"FunctionName": _name(live), **given}
    return Call(service="lambda", operation=operation, parameters=parameters, region=change.region)


def _name(live: State) -> str:
    return live.arn.rpartition("/" if live.subject.kind is Kind.WATCH else ":")[2]


def _permitted(
    service: str, resources: tuple[str, ...], *operations: str
) -> tuple[Permission, ...]:
    return tuple(
        Permission(action=f"{service}:{operation}", resources=resources) for operation in operations
    )


def _call(kind: Kind, name: str, edits: Edits, together: Together, *operations: str) -> WatchedCall:
    service, resources = ("events", WATCHES) if kind is Kind.WATCH else ("lambda", FUNCTIONS)
    return WatchedCall(
        source=f"{service}.amazonaws.com",
        name=name,
        family=Family.SELF,
        scope=Scope.CALLED,
        kind=kind,
        parse=partial(_parsed, edits, kind=kind),
        together=together,
        permissions=_permitted(service, resources, *operations),
    )


_PUT, _DELETE = "PutFunctionConcurrency", "DeleteFunctionConcurrency"

CALLS = (
    _call(Kind.WATCH, "DisableRule", partial(_state, "DISABLED"), _enabled, "EnableRule"),
    replace(
        _call(Kind.WATCH, "EnableRule", partial(_state, _ENABLED), _enabled),
        irreversible="Snapback never disables a watch",
    ),
    _call(Kind.WATCH, "RemoveTargets", _removed, _targets, "PutTargets"),
    _call(Kind.WATCH, "PutTargets", _put, _targets, "PutTargets", "RemoveTargets"),
    _call(Kind.FUNCTION, _PUT, _reserved, _concurrency, _PUT, _DELETE),
    _call(Kind.FUNCTION, _DELETE, _unreserved, _concurrency, _PUT),
)

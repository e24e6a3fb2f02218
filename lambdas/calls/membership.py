"""Membership: users added to groups and removed from them."""

from lambdas.calls.holders import Parameters, arns, calling, holder
from lambdas.calls.watched import IAM, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind


def _added(parameters: Parameters, _: Where) -> Target:
    group = text(parameters, "groupName")
    return holder(Kind.USER, parameters), (Edit(Part.GROUPS, group, group),)


def _removed(parameters: Parameters, _: Where) -> Target:
    edit = Edit(Part.GROUPS, text(parameters, "groupName"), None)
    return holder(Kind.USER, parameters), (edit,)


def _remove(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    return calling(change, live, "RemoveUserFromGroup", GroupName=edit.key)


def _add(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    return calling(change, live, "AddUserToGroup", GroupName=edit.key)


CALLS = (
    WatchedCall(
        source=IAM,
        name="AddUserToGroup",
        family=Family.MEMBERSHIP,
        scope=Scope.IAM_HOME,
        kind=Kind.USER,
        parse=_added,
        restore=_remove,
        permissions=(Permission(action="iam:RemoveUserFromGroup", resources=arns(Kind.GROUP)),),
    ),
    WatchedCall(
        source=IAM,
        name="RemoveUserFromGroup",
        family=Family.MEMBERSHIP,
        scope=Scope.IAM_HOME,
        kind=Kind.USER,
        parse=_removed,
        restore=_add,
        permissions=(Permission(action="iam:AddUserToGroup", resources=arns(Kind.GROUP)),),
    ),
)

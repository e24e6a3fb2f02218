"""Membership: groups made and deleted, users added to them and removed from them."""

from lambdas.calls.holders import Parameters, arns, calling, holder
from lambdas.calls.watched import IAM, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind

_ANOTHER = (
    "a group can be deleted only when nothing is in it any more: each of those calls is undone by "
    "itself, and a new group of the same name would be another one"
)


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


def _group(parameters: Parameters, _: Where) -> Target:
    return holder(Kind.GROUP, parameters), ()


def _empty_deleted(change: Change, _: State | None, live: State | None) -> Revert:
    """IAM itself refuses to delete a group with members."""
    if live is None:
        return ()
    if any(live.parts.get(part) != {} for part in (Part.ATTACHED, Part.INLINE)):
        return Irreversible("the new group has policies by now, or they were not read")
    return calling(change, live, "DeleteGroup")


CALLS = (
    WatchedCall(
        source=IAM,
        name="CreateGroup",
        family=Family.MEMBERSHIP,
        scope=Scope.IAM_HOME,
        kind=Kind.GROUP,
        parse=_group,
        permissions=(Permission(action="iam:DeleteGroup", resources=arns(Kind.GROUP)),),
        lifecycle=Lifecycle.CREATED,
        rebuild=_empty_deleted,
        manual=True,
    ),
    WatchedCall(
        source=IAM,
        name="DeleteGroup",
        family=Family.MEMBERSHIP,
        scope=Scope.IAM_HOME,
        kind=Kind.GROUP,
        parse=_group,
        irreversible=_ANOTHER,
        lifecycle=Lifecycle.DELETED,
    ),
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
        manual=True,
    ),
)

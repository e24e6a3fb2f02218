"""Instance profiles: made and deleted, and the role that instances get by them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
"""

from functools import partial

from lambdas.calls.holders import Parameters, arns
from lambdas.calls.tagged import tags
from lambdas.calls.watched import IAM, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

PROFILES = ("arn:{partition}:iam::{account}:instance-profile/*",)
_PASSED = Permission(
    action="iam:PassRole",
    resources=arns(Kind.ROLE),
    condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
)
"""What adding a role to a profile needs beside its own permission.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""


def _profile(parameters: Parameters) -> Subject:
    return Subject(Kind.INSTANCE_PROFILE, text(parameters, "instanceProfileName"))


def _made(parameters: Parameters, _: Where) -> Target:
    path = "/" if parameters.get("path") is None else text(parameters, "path")
    given = tags(parameters, "tags") if parameters.get("tags") is not None else {}
    tagged = (Edit(Part.TAGS, key, value, fresh=True) for key, value in given.items())
    return _profile(parameters), (Edit(Part.PATH, ONLY, path, fresh=True), *tagged)


def _deleted(parameters: Parameters, _: Where) -> Target:
    """Only a profile without a role can be deleted."""
    return _profile(parameters), ()


def _added(parameters: Parameters, _: Where) -> Target:
    """A profile has one role at the most, so there was none before.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html
    """
    return _profile(parameters), (Edit(Part.ROLE, ONLY, text(parameters, "roleName"), fresh=True),)


def _removed(parameters: Parameters, _: Where) -> Target:
    return _profile(parameters), (Edit(Part.ROLE, ONLY, None),)


def _unmade(change: Change, _: State | None, live: State | None) -> Revert:
    """IAM itself refuses to delete a profile with a role."""
    if live is None:
        return ()
    if live.parts.get(Part.ROLE) != {}:
        return Irreversible("the new instance profile has a role by now, or it was not read")
    return (_call(change, live, "DeleteInstanceProfile"),)


def _made_again(change: Change, before: State | None, live: State | None) -> Revert:
    """A profile of the same name and path, which launch templates and policies name, and tags."""
    essence = (Part.PATH, Part.TAGS)
    if before is None or not before.parts.keys() >= {*essence}:
        return Irreversible("what the instance profile was before was not read in full")
    if live is not None:
        if all(live.parts.get(part) == before.parts[part] for part in essence):
            return ()
        return Irreversible("an instance profile of the same name is there")
    held = [{"Key": key, "Value": value} for key, value in before.parts[Part.TAGS].items()]
    tagged = {"Tags": held} if held else {}
    path = before.parts[Part.PATH][ONLY]
    return (_call(change, before, "CreateInstanceProfile", Path=path, **tagged),)


def _taken_out(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    return (_call(change, live, "RemoveRoleFromInstanceProfile", RoleName=edit.value),)


def _put_back(change: Change, live: State, _: Edit, former: str | None) -> tuple[Call, ...]:
    return (_call(change, live, "AddRoleToInstanceProfile", RoleName=former),)


def _call(change: Change, profile: State, operation: str, **given: object) -> Call:
    named = {"InstanceProfileName": profile.subject.name, **given}
    return Call(service="iam", operation=operation, parameters=named, region=change.region)


def _permitted(*operations: str) -> tuple[Permission, ...]:
    return tuple(Permission(action=f"iam:{name}", resources=PROFILES) for name in operations)


_watched = partial(
    WatchedCall,
    source=IAM,
    family=Family.INSTANCE_PROFILE,
    scope=Scope.IAM_HOME,
    kind=Kind.INSTANCE_PROFILE,
)

CALLS = (
    _watched(
        name="CreateInstanceProfile",
        parse=_made,
        permissions=_permitted("DeleteInstanceProfile"),
        lifecycle=Lifecycle.CREATED,
        rebuild=_unmade,
        manual=True,
    ),
    _watched(
        name="DeleteInstanceProfile",
        parse=_deleted,
        permissions=_permitted("CreateInstanceProfile", "TagInstanceProfile"),
        lifecycle=Lifecycle.DELETED,
        rebuild=_made_again,
        manual=True,
    ),
    _watched(
        name="AddRoleToInstanceProfile",
        parse=_added,
        restore=_taken_out,
        permissions=_permitted("RemoveRoleFromInstanceProfile"),
    ),
    _watched(
        name="RemoveRoleFromInstanceProfile",
        parse=_removed,
        restore=_put_back,
        permissions=(*_permitted("AddRoleToInstanceProfile"), _PASSED),
        manual=True,
    ),
)

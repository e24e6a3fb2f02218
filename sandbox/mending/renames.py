"""Renames: a user or group with a new name or path keeps its id and all that it holds.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html
"""

from collections.abc import Iterable, MutableMapping
from typing import Any

from moto.iam.exceptions import EntityAlreadyExists
from moto.iam.models import Group, IAMBackend, User

from sandbox.mending.patch import Patch


def _user(
    state: IAMBackend, user_name: str, new_path: str | None, new_user_name: str | None
) -> None:
    """The tags, which moto keeps by ARN, follow the user."""
    user = state.get_user(user_name)
    _check(user, new_user_name, state.users)
    tags = state.tagger.list_tags_for_resource(user.arn)["Tags"]
    state.tagger.delete_all_tags_for_resource(user.arn)
    _rename(user, state.users, new_path, new_user_name)
    state.tagger.tag_resource(user.arn, tags)
    for each in _named_after(user):
        each.user_name = user.name


def _named_after(user: User) -> Iterable[Any]:
    return (*user.access_keys, *user.ssh_public_keys, *user.signing_certificates.values())


def _group(
    state: IAMBackend, group_name: str, new_group_name: str | None, new_path: str | None
) -> None:
    group = state.get_group(group_name)
    _check(group, new_group_name, state.groups)
    _rename(group, state.groups, new_path, new_group_name)


def _check(entity: User | Group, new: str | None, held: MutableMapping[str, Any]) -> None:
    """Names that differ in upper and lower case alone are the same."""
    others = {name.lower() for name, each in list(held.items()) if each is not entity}
    if new is not None and new.lower() in others:
        raise EntityAlreadyExists(f"{type(entity).__name__} with name {new} already exists.")


def _rename(
    entity: User | Group, held: MutableMapping[str, Any], path: str | None, name: str | None
) -> None:
    held.pop(entity.name)
    entity.path = path or entity.path
    entity.name = name or entity.name
    held[entity.name] = entity


PATCHES = (
    Patch(IAMBackend, "update_user", _user),
    Patch(IAMBackend, "update_group", _group),
)
"""moto loses tags and keys' names, ignores a group's path alone, and overwrites who is there."""

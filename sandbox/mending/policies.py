"""Ids with their prefixes, attachments that are counted once, and documents as text.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html
"""

import json
from typing import Any

from moto.iam.models import Group, IAMBackend, ManagedPolicy, Role, User
from moto.iam.utils import generate_access_key_id_from_account_id

from sandbox.mending.patch import Patch

_ID_LENGTH = 21

_new_user: Any = User.__init__
_new_group: Any = Group.__init__
_new_policy: Any = ManagedPolicy.__init__
_attach: Any = ManagedPolicy.attach_to
_aws_policies: Any = IAMBackend._init_aws_policies  # noqa: SLF001  # a patch names what it patches
_put_role_policy: Any = Role.put_policy


def _user(user: User, *args: Any, **named: Any) -> None:
    _new_user(user, *args, **named)
    user.id = _unique(user, "AIDA")


def _group(group: Group, *args: Any, **named: Any) -> None:
    _new_group(group, *args, **named)
    group.id = _unique(group, "AGPA")


def _policy(policy: ManagedPolicy, *args: Any, **named: Any) -> None:
    _new_policy(policy, *args, **named)
    policy.id = _unique(policy, "ANPA")


def _unique(thing: Any, prefix: str) -> str:
    made: str = generate_access_key_id_from_account_id(
        thing.account_id, prefix=prefix, total_length=_ID_LENGTH
    )
    return made


def _of_this_partition(state: IAMBackend) -> list[ManagedPolicy]:
    """Only one partition is in use: 1,582 policies in each of them would cost a second."""
    policies: list[ManagedPolicy] = _aws_policies(state) if state.region_name == "aws" else []
    return policies


def _attach_once(policy: ManagedPolicy, holder: Any) -> None:
    if policy.arn not in holder.managed_policies:
        _attach(policy, holder)


def _as_text(role: Role, policy_name: str, policy_json: Any) -> None:
    """CloudFormation hands a role's inline policies over as objects."""
    text = policy_json if isinstance(policy_json, str) else json.dumps(policy_json)
    _put_role_policy(role, policy_name, text)


PATCHES = (
    Patch(User, "__init__", _user),
    Patch(Group, "__init__", _group),
    Patch(ManagedPolicy, "__init__", _policy),
    Patch(ManagedPolicy, "attach_to", _attach_once),
    Patch(IAMBackend, "_init_aws_policies", _of_this_partition),
    Patch(Role, "put_policy", _as_text),
)
"""Ids with AWS's prefixes, one attachment per holder, documents as text."""

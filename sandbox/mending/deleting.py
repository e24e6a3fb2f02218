"""Deleting: what still holds something, or is still in use, cannot be deleted.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html
"""

from collections.abc import Mapping
from typing import Any

from moto.iam.exceptions import DeleteConflictException
from moto.iam.models import IAMBackend

from sandbox.mending.patch import Patch
from sandbox.mending.service_credentials import held_by
from sandbox.mending.usage import bounded_by

_delete_user: Any = IAMBackend.delete_user
_delete_group: Any = IAMBackend.delete_group
_delete_policy: Any = IAMBackend.delete_policy
_delete_device: Any = IAMBackend.delete_virtual_mfa_device


def _user(state: IAMBackend, user_name: str) -> None:
    user = state.get_user(user_name)
    _refuse(
        {
            "must delete login profile first": user.password,
            "must delete access keys first": user.access_keys,
            "must delete MFA device first": user.mfa_devices,
            "must delete signing certificates first": user.signing_certificates,
            "must delete SSH public keys first": user.ssh_public_keys,
            "must delete service specific credentials first": held_by(user),
            "must remove user from groups first": state.get_groups_for_user(user_name),
        }
    )
    _delete_user(state, user_name)


def _group(state: IAMBackend, group_name: str) -> None:
    group = state.get_group(group_name)
    _refuse(
        {
            "must remove users from group first": group.users,
            "must detach all policies first": group.managed_policies,
            "must delete policies first": group.policies,
        }
    )
    _delete_group(state, group_name)


def _refuse(held: Mapping[str, object]) -> None:
    for what, things in held.items():
        if things:
            raise DeleteConflictException(f"Cannot delete entity, {what}.")


def _policy(state: IAMBackend, policy_arn: str) -> None:
    policy = state.get_policy(policy_arn)
    if policy.attachment_count or bounded_by(state, policy_arn):
        raise DeleteConflictException("Cannot delete a policy attached to entities.")
    if len(policy.versions) > 1:
        raise DeleteConflictException(
            "This policy has more than one version. Before you delete a policy, you must delete "
            "the policy's versions. The default version is deleted with the policy."
        )
    _delete_policy(state, policy_arn)


def _device(state: IAMBackend, serial_number: str) -> None:
    if any(serial_number in user.mfa_devices for user in list(state.users.values())):
        raise DeleteConflictException("MFA device is in use, must deactivate it first.")
    _delete_device(state, serial_number)


PATCHES = (
    Patch(IAMBackend, "delete_user", _user),
    Patch(IAMBackend, "delete_group", _group),
    Patch(IAMBackend, "delete_policy", _policy),
    Patch(IAMBackend, "delete_virtual_mfa_device", _device),
)
"""DeleteConflict wherever something is left."""

"""Instance profiles: their ids, and a role that is not in one.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html
"""

from typing import Any

from moto.iam.exceptions import NotFoundException
from moto.iam.models import IAMBackend, InstanceProfile

from sandbox.mending.patch import Patch

_PREFIX = "AIPA"

_create: Any = IAMBackend.create_instance_profile
_remove: Any = IAMBackend.remove_role_from_instance_profile


def _created(state: IAMBackend, *given: Any, **named: Any) -> InstanceProfile:
    profile: InstanceProfile = _create(state, *given, **named)
    profile.id = f"{_PREFIX}{profile.id[len(_PREFIX) :].upper()}"
    return profile


def _removed(state: IAMBackend, profile_name: str, role_name: str) -> None:
    profile = state.get_instance_profile(profile_name)
    if all(role.name != role_name for role in profile.roles):
        raise NotFoundException(
            f"Role {role_name} in Instance Profile {profile_name} cannot be found."
        )
    _remove(state, profile_name, role_name)


PATCHES = (
    Patch(IAMBackend, "create_instance_profile", _created),
    Patch(IAMBackend, "remove_role_from_instance_profile", _removed),
)
"""In moto an id looks like any other's, and removing what is not there is an error of its own."""

"""Instance profiles, and the roles that machines get by them."""

from cli.company import ADMINISTRATOR
from cli.drill.attack import Attack, Deed
from cli.drill.furnished import OWNED, iam, role


def _profile(name: str) -> Deed:
    """An instance profile with a path and a tag."""
    return iam("CreateInstanceProfile", InstanceProfileName=name, Path="/web/", Tags=OWNED)


def _with_role(name: str, *more: Deed) -> tuple[Deed, ...]:
    return (_profile(name), *role(name), *more)


_ADDED, _REMOVED = "drill-AddRoleToInstanceProfile", "drill-RemoveRoleFromInstanceProfile"

ATTACKS = (
    Attack(_profile("drill-CreateInstanceProfile")),
    Attack(
        iam("DeleteInstanceProfile", InstanceProfileName="drill-DeleteInstanceProfile"),
        (_profile("drill-DeleteInstanceProfile"),),
    ),
    Attack(
        iam("AddRoleToInstanceProfile", InstanceProfileName=_ADDED, RoleName=_ADDED),
        _with_role(_ADDED, iam("AttachRolePolicy", RoleName=_ADDED, PolicyArn=ADMINISTRATOR)),
    ),
    Attack(
        iam("RemoveRoleFromInstanceProfile", InstanceProfileName=_REMOVED, RoleName=_REMOVED),
        _with_role(
            _REMOVED,
            iam("AddRoleToInstanceProfile", InstanceProfileName=_REMOVED, RoleName=_REMOVED),
        ),
    ),
)

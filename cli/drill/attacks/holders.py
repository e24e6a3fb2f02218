"""What users, roles and groups hold: managed and inline policies, boundaries, trust, members."""

import json

from cli.company import ADMINISTRATOR, BOUND, allowing, trusting
from cli.deeds import FOREIGN
from cli.drill.attack import Attack, Deed
from cli.drill.furnished import group, iam, policy_arn, role, user

_MAKERS = {"User": user, "Role": role, "Group": group}
_DENIES = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}],
    },
    indent=2,
)
"""What holds somebody back who may read reports, as people write it."""
_DENIED = policy_arn("drill-denied")
_WIDE = policy_arn("drill-wide")


def _attached(kind: str) -> Attack:
    """Administrator's power, given."""
    name = f"drill-Attach{kind}Policy"
    deed = iam(f"Attach{kind}Policy", PolicyArn=ADMINISTRATOR, **{f"{kind}Name": name})
    return Attack(deed, _MAKERS[kind](name))


def _detached(kind: str) -> Attack:
    """A policy taken away that only denies."""
    name = f"drill-Detach{kind}Policy"
    held = {"PolicyArn": _DENIED, f"{kind}Name": name}
    needs = (
        iam("CreatePolicy", PolicyName="drill-denied", PolicyDocument=_DENIES),
        *_MAKERS[kind](name),
        iam(f"Attach{kind}Policy", **held),
    )
    return Attack(iam(f"Detach{kind}Policy", **held), needs)


def _put(kind: str) -> Attack:
    """An inline policy overwritten, whose text must come back with its spaces."""
    name = f"drill-Put{kind}Policy"
    held = {f"{kind}Name": name, "PolicyName": "reports"}
    return Attack(
        iam(f"Put{kind}Policy", PolicyDocument=allowing("*"), **held), _MAKERS[kind](name)
    )


def _deleted(kind: str) -> Attack:
    """An inline policy deleted that only denies."""
    name = f"drill-Delete{kind}Policy"
    held = {f"{kind}Name": name, "PolicyName": "never"}
    needs = (*_MAKERS[kind](name), iam(f"Put{kind}Policy", PolicyDocument=_DENIES, **held))
    return Attack(iam(f"Delete{kind}Policy", **held), needs)


def _bounded(kind: str, name: str) -> tuple[Deed, ...]:
    """An administrator within bounds."""
    named = {f"{kind}Name": name}
    return (
        *_MAKERS[kind](name),
        iam(f"Put{kind}PermissionsBoundary", PermissionsBoundary=BOUND, **named),
        iam(f"Attach{kind}Policy", PolicyArn=ADMINISTRATOR, **named),
    )


def _widened(kind: str) -> Attack:
    """A boundary replaced by one that allows everything."""
    name = f"drill-Put{kind}PermissionsBoundary"
    deed = iam(f"Put{kind}PermissionsBoundary", PermissionsBoundary=_WIDE, **{f"{kind}Name": name})
    wide = iam("CreatePolicy", PolicyName="drill-wide", PolicyDocument=allowing("*"))
    return Attack(deed, (wide, *_bounded(kind, name)))


def _unbounded(kind: str) -> Attack:
    """A boundary taken away."""
    name = f"drill-Delete{kind}PermissionsBoundary"
    deed = iam(f"Delete{kind}PermissionsBoundary", **{f"{kind}Name": name})
    return Attack(deed, _bounded(kind, name))


ATTACKS = (
    *(make(kind) for kind in _MAKERS for make in (_attached, _detached, _put, _deleted)),
    *(make(kind) for kind in ("User", "Role") for make in (_widened, _unbounded)),
    Attack(
        iam(
            "UpdateAssumeRolePolicy",
            RoleName="drill-UpdateAssumeRolePolicy",
            PolicyDocument=trusting(AWS=FOREIGN),
        ),
        role("drill-UpdateAssumeRolePolicy"),
    ),
    Attack(
        iam("AddUserToGroup", UserName="drill-AddUserToGroup", GroupName="administrators"),
        user("drill-AddUserToGroup"),
    ),
    Attack(
        iam("RemoveUserFromGroup", UserName="drill-RemoveUserFromGroup", GroupName="analysts"),
        user("drill-RemoveUserFromGroup"),
    ),
)

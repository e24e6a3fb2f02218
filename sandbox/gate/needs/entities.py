"""Users, roles, groups and instance profiles by the names that calls give, with their ARNs.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from collections.abc import Mapping
from typing import Any

from moto.iam.models import Group, InstanceProfile, Role, User, iam_backends

from sandbox.gate.needs.row import Parameters
from sandbox.gate.needs.where import Where

PARAMETER = {
    "user": "UserName",
    "role": "RoleName",
    "group": "GroupName",
    "instance-profile": "InstanceProfileName",
    "policy": "PolicyName",
    "mfa": "VirtualMFADeviceName",
}
"""Kind of resource -> the parameter with its name."""
_ARNS = {
    "policy": "PolicyArn",
    "OIDC provider": "OpenIDConnectProviderArn",
    "SAML provider": "SAMLProviderArn",
}
"""Kind of resource that calls name by its ARN -> the parameter with it."""


def resource(
    kind: str, parameters: Parameters, where: Where
) -> tuple[str, User | Role | Group | InstanceProfile | None]:
    """The ARN that a call needs, and who has it; ``*`` where the action has no resource."""
    if kind == "nothing":
        return "*", None
    if kind == "delegation request":
        return where.iam(f"delegation-request/{parameters['DelegationRequestId']}"), None
    if kind in _ARNS:
        return parameters[_ARNS[kind]], None
    name = parameters[PARAMETER[kind]]
    target = _held(kind, name, where)
    # Of what does not exist there is no path: IAM then decides on the plain name.
    return (target.arn if target else where.iam(f"{kind}/{name}")), target


def _held(kind: str, name: str, where: Where) -> User | Role | Group | InstanceProfile | None:
    state = iam_backends[where.account]["aws"]
    held: dict[str, Mapping[str, Any]] = {
        "user": {user.name: user for user in list(state.users.values())},
        "role": {role.name: role for role in list(state.roles.values())},
        "instance-profile": {each.name: each for each in state.get_instance_profiles()},
        "group": {group.name: group for group in list(state.groups.values())},
    }
    return held[kind].get(name)

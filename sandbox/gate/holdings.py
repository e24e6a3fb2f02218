"""Holdings: the policies that a role holds, and those of the resource it asks for."""

from collections.abc import Mapping
from typing import Any

from moto.iam.models import IAMBackend, ManagedPolicy, Role, iam_backends
from moto.kms.models import kms_backends

from sandbox.gate import resource_policies
from sandbox.gate.decide import Policies, Statements
from sandbox.gate.document import read
from sandbox.gate.errors import UnsupportedPolicyError

_ARN_FIELDS = 6


def of_role(account: str, role_arn: str, resource: str) -> Policies:
    """Everything that speaks of this role's use of the resource, as it stands now.

    Raises:
        UnsupportedPolicyError: one of the documents is not one that the gate can evaluate.
    """
    state = iam_backends[account]["aws"]
    role = state.get_role_by_arn(role_arn)
    return Policies(
        identity=_identity(role),
        boundary=_boundary(state, role),
        resource=of_resource(account, resource),
    )


def of_resource(account: str, arn: str) -> Statements | None:
    """The resource's own policy: what was registered, or for a key what moto keeps."""
    owner = arn.partition("/index/")[0]
    text = resource_policies.registered(owner) or _key_policy(account, owner)
    return None if text is None else read(text)


def _identity(role: Role) -> Statements:
    inline = list(role.policies.values())
    attached = [_default_text(policy) for policy in list(role.managed_policies.values())]
    return tuple(statement for text in (*inline, *attached) for statement in read(text))


def _boundary(state: IAMBackend, role: Role) -> Statements | None:
    arn = role.permissions_boundary_arn
    return read(_default_text(state.managed_policies[arn])) if arn else None


def _default_text(policy: ManagedPolicy) -> str | Mapping[str, Any]:
    for version in policy.versions:
        if version.version_id == policy.default_version_id:
            text: str | Mapping[str, Any] = version.document
            return text
    raise UnsupportedPolicyError(f"{policy.arn} has no default version")


def _key_policy(account: str, arn: str) -> str | None:
    fields = arn.split(":", _ARN_FIELDS - 1)
    if len(fields) < _ARN_FIELDS or fields[2] != "kms":
        return None
    keys = kms_backends[account][fields[3]].keys
    key = keys.get(fields[5].removeprefix("key/"))
    return key.policy if key else None

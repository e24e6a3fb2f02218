"""Snapshots: the whole IAM and CloudTrail state of the account, to be compared.

Dates, secrets and the ids that IAM gives to what has a name are left out; policy documents are the
exact texts. Of credentials it holds which there are, with their status, whether there is a
password, MFA devices.
"""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from moto.cloudtrail.models import CloudTrailBackend, Trail, cloudtrail_backends
from moto.iam.models import (
    IAMBackend,
    InstanceProfile,
    ManagedPolicy,
    OpenIDConnectProvider,
    SAMLProvider,
    VirtualMfaDevice,
    iam_backends,
)

from sandbox.calls.root import root_user
from sandbox.mending import device_tags, stores
from sandbox.mending.service_credentials import held_by

Snapshot = dict[str, dict[str, Any]]
"""Kind of thing -> its name or ARN -> everything it holds."""


def take(account: str) -> Snapshot:
    """The state as it is now; two that are equal compare equal."""
    iam = iam_backends[account]["aws"]
    users = list(iam.users.values())
    return {
        "root user": {"root": {"access keys": _keys(root_user(iam))}},
        "users": {user.name: _user(iam, user) for user in users},
        "roles": {role.name: _role(role) for role in list(iam.roles.values())},
        "groups": {group.name: _group(group) for group in list(iam.groups.values())},
        "policies": dict(_policies(iam)),
        "virtual MFA devices": {
            serial: _device(users, serial, device)
            for serial, device in list(iam.virtual_mfa_devices.items())
        },
        "instance profiles": {each.name: _profile(each) for each in [*iam.get_instance_profiles()]},
        "identity providers": {
            each.arn: _provider(each)
            for providers in (iam.saml_providers, iam.open_id_providers)
            for each in list(providers.values())
        },
        "account": {account: _account(iam)},
        "server certificates": {
            key: {"name": each.cert_name, "path": each.path, "tags": _tags(each.tags)}
            for key, each in list(iam.certificates.items())
        },
        "trails": {
            trail.arn: _trail(backend, trail)
            for backend in list(cloudtrail_backends[account].values())
            for trail in list(backend.trails.values())
        },
        "event data stores": {
            arn: deepcopy(store) | {"tags": _tags(_listed_tags(backend, arn))}
            for backend in list(cloudtrail_backends[account].values())
            for arn, store in list(stores.held(backend).items())
        },
    }


def differences(before: Snapshot, after: Snapshot) -> list[str]:
    """What differs, one line each: kind, name, and the values before and after."""
    return [
        f"{kind} {name} {field}: {_said(was)} -> {_said(now)}"
        for kind in sorted(before.keys() | after.keys())
        for name in sorted(before[kind].keys() | after[kind].keys())
        for field in sorted(before[kind].get(name, {}).keys() | after[kind].get(name, {}).keys())
        for was, now in [(_of(before, kind, name, field), _of(after, kind, name, field))]
        if was != now
    ]


def _of(snapshot: Snapshot, kind: str, name: str, field: str) -> tuple[Any, ...]:
    """The value alone, or nothing: a field that is None is not one that is absent."""
    held = snapshot[kind].get(name, {})
    return (held[field],) if field in held else ()


def _said(value: tuple[Any, ...]) -> str:
    return repr(value[0]) if value else "absent"


def _held(entity: Any) -> dict[str, Any]:
    return {
        "path": entity.path,
        "inline": dict(entity.policies),
        "attached": sorted(policy.arn for policy in entity.managed_policies.values()),
    }


def _user(iam: IAMBackend, user: Any) -> dict[str, Any]:
    return {
        **_held(user),
        "boundary": getattr(user, "permissions_boundary_arn", None) or None,
        "groups": sorted(g.name for g in list(iam.groups.values()) if user in g.users),
        "tags": iam.tagger.get_tag_dict_for_resource(user.arn),
        "access keys": _keys(user),
        "SSH public keys": {each.ssh_public_key_id: each.status for each in user.ssh_public_keys},
        "signing certificates": {
            each.id: each.status for each in user.signing_certificates.values()
        },
        "service-specific credentials": {
            key: each["Status"] for key, each in held_by(user).items()
        },
        "login profile": _password(user),
        "MFA devices": sorted(user.mfa_devices),
    }


def _device(users: list[Any], serial: str, device: VirtualMfaDevice) -> dict[str, Any]:
    """Whose it is, if anybody's, and its tags, if it has some."""
    tags = dict(device_tags.tags_of(device))
    whose = next((user.name for user in users if serial in user.mfa_devices), None)
    return {"user": whose, **({"tags": tags} if tags else {})}


def _keys(user: Any) -> dict[str, str]:
    return {key.access_key_id: key.status for key in list(user.access_keys)}


def _password(user: Any) -> str | None:
    if user.password is None:
        return None
    return "one to be changed" if user.password_reset_required else "there is one"


def _role(role: Any) -> dict[str, Any]:
    return {
        **_held(role),
        "boundary": role.permissions_boundary_arn or None,
        "trust": role.assume_role_policy_document,
        "description": role.description,
        "maximum session": role.max_session_duration,
        "tags": _tags(role.tags),
    }


def _group(group: Any) -> dict[str, Any]:
    return {**_held(group), "members": sorted(user.name for user in group.users)}


def _profile(profile: InstanceProfile) -> dict[str, Any]:
    return {
        "path": profile.path,
        "roles": sorted(role.name for role in profile.roles),
        "tags": _tags(profile.tags),
    }


def _provider(provider: SAMLProvider | OpenIDConnectProvider) -> dict[str, Any]:
    """Everything but when it was made, and what belongs to moto."""
    left_out = ("create_date", "valid_until", "_errors")
    held = {name: value for name, value in vars(provider).items() if name not in left_out}
    return deepcopy({**held, "tags": _tags(provider.tags)})


def _account(iam: IAMBackend) -> dict[str, Any]:
    """Its own settings; those that moto lacks are there only while it is mended."""
    policy = iam.account_password_policy
    return {
        "alias": list(iam.account_aliases),
        "password policy": {k: v for k, v in vars(policy).items() if k != "_errors"}
        if policy
        else None,
        "STS version": iam.token_version,
        "outbound federation": iam.outbound_federation,
        "root access": sorted(iam.root_features),
        "delegation requests": dict(iam.delegations),
    }


def _tags(tags: Any) -> dict[str, str]:
    """In moto, a role has its tags as a mapping of mappings, as a list, or not at all."""
    listed: Iterable[Any] = tags.values() if isinstance(tags, dict) else tags or []
    return {tag["Key"]: tag["Value"] for tag in listed}


def _policies(iam: IAMBackend) -> Iterable[tuple[str, dict[str, Any]]]:
    """The account's own; of AWS's only those that have changed hands could differ, and none can."""
    for arn, policy in list(iam.managed_policies.items()):
        if not arn.startswith("arn:aws:iam::aws:"):
            yield arn, _policy(policy)


def _policy(policy: ManagedPolicy) -> dict[str, Any]:
    return {
        "default": policy.default_version_id,
        "versions": {version.version_id: version.document for version in policy.versions},
        "description": policy.description,
        "path": policy.path,
        "tags": _tags(policy.tags),
    }


def _listed_tags(backend: CloudTrailBackend, arn: str) -> Any:
    return backend.tagging_service.list_tags_for_resource(arn)["TagsList"]


def _trail(backend: CloudTrailBackend, trail: Trail) -> dict[str, Any]:
    tags = _listed_tags(backend, trail.arn)
    return {
        **trail.description(include_region=True),
        "logging": trail.status.is_logging,
        "selectors": trail.event_selectors,
        "advanced selectors": trail.advanced_event_selectors,
        "insight selectors": trail.insight_selectors,
        "tags": {tag["Key"]: tag.get("Value") for tag in tags},
    }

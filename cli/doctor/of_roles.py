"""The check of the roles: whether each may do what the deployed template says, and nothing else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, Any

from cli.doctor.documents import same
from cli.doctor.examined import Examined
from cli.doctor.resolving import Resource
from cli.doctor.stack import Properties, Stack
from lambdas.service.checking import DEPLOY, Found

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

Fault = tuple[str, str]
"""What is wrong, and the command that mends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """All that decides what a role may do, as it is or as the template says."""

    trust: Any
    boundary: str | None
    attached: frozenset[str]
    inline: Mapping[str, Any]


def roles(examined: Examined) -> Found:
    """Whether any role of the stack differs from its template."""
    iam, count = examined.session.client("iam"), 0
    faults: dict[str, list[Fault]] = {}
    for stack, (resource, properties) in _all(examined):
        name, count = resource.physical_id, count + 1
        live = _live(name, iam)
        found = (
            [("is gone", DEPLOY)]
            if live is None
            else [*differences(name, wanted(resource, properties, stack), live)]
        )
        if found:
            faults[name] = found
    if not faults:
        return Found(f"all {count} roles are as they were deployed")
    says = [f"{name} {says}" for name, each in faults.items() for says, _ in each]
    mend = [command for each in faults.values() for _, command in each]
    return Found("; ".join(says), tuple(dict.fromkeys(mend)), tuple(faults))


def wanted(resource: Resource, properties: Properties, stack: Stack) -> Role:
    """What the template says of a role, and of the policies that it gives to it.

    Raises:
        UnresolvedError: the template refers to something that cannot be followed.
    """
    resolved, own = stack.place.resolved, {"Ref": resource.logical_id}
    inline = {each["PolicyName"]: each["PolicyDocument"] for each in properties.get("Policies", [])}
    for _, policy in stack.each("AWS::IAM::Policy"):
        if own in policy.get("Roles", []):
            inline[resolved(policy["PolicyName"])] = policy["PolicyDocument"]
    managed = [
        policy.physical_id
        for policy, given in stack.each("AWS::IAM::ManagedPolicy")
        if own in given.get("Roles", [])
    ]
    return Role(
        trust=resolved(properties["AssumeRolePolicyDocument"]),
        boundary=resolved(properties.get("PermissionsBoundary")),
        attached=frozenset([*managed, *resolved(properties.get("ManagedPolicyArns", []))]),
        inline={name: resolved(document) for name, document in inline.items()},
    )


def differences(name: str, wanted: Role, live: Role) -> Iterator[Fault]:
    """What a role has otherwise than it should, each with the command that mends it."""
    role = f"--role-name {name}"
    if not same(wanted.trust, live.trust):
        trust = f"aws iam update-assume-role-policy {role} --policy-document {_text(wanted.trust)}"
        yield "may be assumed by others than deployed", trust
    if wanted.boundary != live.boundary:
        yield "has another boundary than deployed", _bound(role, wanted.boundary)
    for arn in sorted(live.attached - wanted.attached):
        yield f"has {arn} attached", f"aws iam detach-role-policy {role} --policy-arn {arn}"
    for arn in sorted(wanted.attached - live.attached):
        yield f"lacks {arn}", f"aws iam attach-role-policy {role} --policy-arn {arn}"
    for policy in sorted({*live.inline} - {*wanted.inline}):
        delete = f"aws iam delete-role-policy {role} --policy-name {quote(policy)}"
        yield f"has the policy {policy} beside what was deployed", delete
    for policy, document in sorted(wanted.inline.items()):
        if policy not in live.inline or not same(document, live.inline[policy]):
            how = "lacks" if policy not in live.inline else "has another text in"
            put = f"aws iam put-role-policy {role} --policy-name {quote(policy)}"
            yield f"{how} its policy {policy}", f"{put} --policy-document {_text(document)}"


def _bound(role: str, boundary: str | None) -> str:
    if boundary is None:
        return f"aws iam delete-role-permissions-boundary {role}"
    return f"aws iam put-role-permissions-boundary {role} --permissions-boundary {boundary}"


def _text(document: Any) -> str:
    return quote(json.dumps(document, separators=(",", ":")))


def _live(name: str, iam: "IAMClient") -> Role | None:
    try:
        role = iam.get_role(RoleName=name)["Role"]
    except iam.exceptions.NoSuchEntityException:
        return None
    attached = iam.get_paginator("list_attached_role_policies").paginate(RoleName=name)
    listed = iam.get_paginator("list_role_policies").paginate(RoleName=name)
    names = [policy for page in listed for policy in page["PolicyNames"]]
    return Role(
        trust=role["AssumeRolePolicyDocument"],
        boundary=role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        attached=frozenset(
            policy["PolicyArn"] for page in attached for policy in page["AttachedPolicies"]
        ),
        inline={
            policy: iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
            for policy in names
        },
    )


def _all(examined: Examined) -> Iterator[tuple[Stack, tuple[Resource, Properties]]]:
    for stack in examined.stacks:
        yield from ((stack, each) for each in stack.each("AWS::IAM::Role"))

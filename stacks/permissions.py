"""What the functions' roles are allowed, derived from the catalogue and the settings."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from aws_cdk import Aws
from aws_cdk import aws_iam as iam

from lambdas.calls import CATALOG
from lambdas.calls.contained import CONTAINING
from lambdas.calls.reads import ADMINISTRATORS, READS
from lambdas.calls.watched import IAM, WatchedCall
from lambdas.model.arn import Arn
from lambdas.model.permission import Permission
from lambdas.model.subject import Kind
from lambdas.settings import Settings

_TOKENS = {
    "partition": "<AWS::Partition>",
    "account": "<AWS::AccountId>",
    "region": "<AWS::Region>",
}


def undone(settings: Settings) -> list[WatchedCall]:
    """The catalogue's calls that the settings want undone, and that are not left to a person."""
    chosen = (call for call in CATALOG.values() if settings.reverts(call.family))
    return [call for call in chosen if not (call.manual or call.irreversible)]


def reading(calls: Iterable[WatchedCall]) -> list[Permission]:
    """What reading the subjects of calls needs."""
    return _distinct(permission for call in calls for permission in READS[call.kind])


def undoing(calls: Iterable[WatchedCall], settings: Settings) -> list[Permission]:
    """What reading them and actors needs, and finding another administrator than who loses that."""
    undone = [*calls]
    takes_power = settings.quarantine or any(call.source == IAM for call in undone)
    roles = READS[Kind.ROLE] if settings.revoke_sessions else ()
    return _distinct([*reading(undone), *(ADMINISTRATORS if takes_power else ()), *roles])


def reverting(calls: Iterable[WatchedCall]) -> list[Permission]:
    """What reverting calls needs, and nothing else."""
    return _distinct(permission for call in calls for permission in call.permissions)


def containing(settings: Settings) -> list[Permission]:
    """The calls against actors that the settings want made and reverts do not, and nothing else.

    What an undo may attach to a user includes what quarantine does.
    """
    wanted = {Kind.USER: settings.quarantine, Kind.ROLE: settings.revoke_sessions}
    granted = {permission.action for permission in reverting(undone(settings))}
    chosen = [permission for kind, permission in CONTAINING.items() if wanted[kind]]
    return [permission for permission in chosen if permission.action not in granted]


def allow(permissions: Iterable[Permission]) -> list[iam.PolicyStatement]:
    """Statements that grant permissions in this stack's account."""
    return [
        iam.PolicyStatement(
            actions=[permission.action],
            resources=[_here(resource) for resource in permission.resources],
            conditions=_condition(permission) or None,
        )
        for permission in permissions
    ]


def wildcards(permissions: Iterable[Permission]) -> dict[str, list[str]]:
    """Resources with a wildcard, as cdk-nag writes them, and the actions allowed on each."""
    found: dict[str, list[str]] = {}
    for permission in permissions:
        for resource in permission.resources:
            if "*" in resource:
                found.setdefault(resource.format_map(_TOKENS), []).append(permission.action)
    return found


def reported(resource: str) -> str:
    """A resource of a statement as cdk-nag writes it."""
    here = {"partition": Aws.PARTITION, "account": Aws.ACCOUNT_ID, "region": Aws.REGION}
    for place, token in here.items():
        resource = resource.replace(token, _TOKENS[place])
    return resource


def deny_principals(
    permissions: Iterable[Permission], *, own_roles: list[str], protected: Iterable[str]
) -> list[iam.PolicyStatement]:
    """What keeps every granted IAM write away from Snapback's own and from protected principals.

    An explicit Deny holds whatever else the role is allowed, now or after a mistake.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    principals = [_written_out(pattern) for pattern in protected]
    actions = [each.action for each in permissions if each.action.startswith("iam:")]
    if not actions:
        return []
    return [
        iam.PolicyStatement(
            sid=sid, effect=iam.Effect.DENY, actions=sorted({*actions}), resources=resources
        )
        for sid, resources in (("OwnRoles", own_roles), ("ProtectedPrincipals", principals))
        if resources
    ]


def _written_out(pattern: str) -> str:
    """The pattern for this stack's account: IAM refuses a wildcard in place of the partition."""
    arn = Arn.parse(pattern)
    if arn is None:
        raise ValueError(f"{pattern!r} is no ARN")
    partition = Aws.PARTITION if arn.partition == "*" else arn.partition
    account = Aws.ACCOUNT_ID if arn.account == "*" else arn.account
    return str(arn._replace(partition=partition, account=account))


def _distinct(permissions: Iterable[Permission]) -> list[Permission]:
    kept: list[Permission] = []
    kept.extend(permission for permission in permissions if permission not in kept)
    return kept


@cache
def _here(resource: str) -> str:
    """Asked hundreds of times; CDK answers each of its tokens from a process of its own."""
    return resource.format(partition=Aws.PARTITION, account=Aws.ACCOUNT_ID, region=Aws.REGION)


def _condition(permission: Permission) -> Mapping[str, Any]:
    return {
        operator: {key: _values(values) for key, values in keys.items()}
        for operator, keys in permission.condition.items()
    }


def _values(values: str | tuple[str, ...]) -> str | list[str]:
    return _here(values) if isinstance(values, str) else [_here(value) for value in values]

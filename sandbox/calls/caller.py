"""Callers: whom an access key belongs to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moto.iam.models import Role, User
from moto.sts.models import AssumedRole, sts_backends

from sandbox.calls.credentials import OPERATOR, ROOT, iam
from sandbox.calls.root import root_user


class Kind(StrEnum):
    """The kinds of caller, in the words of CloudTrail's ``userIdentity.type``."""

    ROOT = "Root"
    USER = "IAMUser"
    ROLE = "AssumedRole"


class UnknownKeyError(ValueError):
    """No user and no session of the account has this access key, or it is inactive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls, with what CloudTrail and IAM tell of them.

    ``arn`` is what STS GetCallerIdentity says (for a role: its session's), ``principal_arn`` is
    the user's or the role's own, which ``aws:PrincipalArn`` holds.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """

    kind: Kind
    account: str
    access_key: str
    arn: str
    principal_arn: str
    principal_id: str
    name: str
    operator: bool = False
    since: datetime | None = None
    """When the role's session began (UTC)."""


def find(account: str, access_key: str) -> Caller:
    """The caller whose access key this is.

    Raises:
        UnknownKeyError: nobody in the account has it, it is inactive, or its role is gone.
    """
    if access_key in (OPERATOR.access_key_id, ROOT.access_key_id):
        return _root(account, access_key)
    if _active(root_user(iam(account)), access_key):
        return _root(account, access_key)
    session = sts_backends[account]["aws"].get_assumed_role_from_access_key(access_key)
    if session is not None:
        return _session(account, session)
    for user in list(iam(account).users.values()):
        if _active(user, access_key):
            return _user(account, user, access_key)
    raise UnknownKeyError(f"no user or session has the active access key {access_key}")


def _active(user: User, access_key: str) -> bool:
    keys = list(user.access_keys)
    return any(key.access_key_id == access_key and key.status == "Active" for key in keys)


def _root(account: str, access_key: str) -> Caller:
    arn = f"arn:aws:iam::{account}:root"
    return Caller(
        kind=Kind.ROOT,
        account=account,
        access_key=access_key,
        arn=arn,
        principal_arn=arn,
        principal_id=account,
        name="root",
        operator=access_key == OPERATOR.access_key_id,
    )


def _user(account: str, user: User, access_key: str) -> Caller:
    return Caller(
        kind=Kind.USER,
        account=account,
        access_key=access_key,
        arn=user.arn,
        principal_arn=user.arn,
        principal_id=user.id,
        name=user.name,
    )


def _session(account: str, session: AssumedRole) -> Caller:
    role: Role | None = next(
        (r for r in list(iam(account).roles.values()) if r.arn == session.role_arn), None
    )
    if role is None:
        raise UnknownKeyError(f"the role of this session is gone: {session.role_arn}")
    return Caller(
        kind=Kind.ROLE,
        account=account,
        access_key=session.access_key_id,
        arn=session.arn,
        principal_arn=role.arn,
        principal_id=f"{role.id}:{session.session_name}",
        name=role.name,
        since=session.access_key.create_date,
    )

"""Credentials: what a caller signs with, made by moto for its users and roles."""

from dataclasses import dataclass

from moto.iam.models import IAMBackend, iam_backends
from moto.sts.models import sts_backends

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Credentials:
    """An access key, with the session token that temporary credentials have."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None

    def environment(self) -> dict[str, str]:
        """The variables in which the SDKs and the Lambda runtime look for credentials."""
        token = {} if self.session_token is None else {"AWS_SESSION_TOKEN": self.session_token}
        return {
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            **token,
        }


OPERATOR = Credentials("AKIAOPERATOR00SANDBX", "the-operator-sets-the-account-up")
"""Whoever sets the account up: neither checked nor recorded, unless the Front is told to."""

ROOT = Credentials("AKIAROOTUSER00SANDBX", "the-account-root-user")
"""The account's root user: never checked (root has no policies), always recorded."""


def iam(account: str) -> IAMBackend:
    """The account's IAM state, as moto holds it."""
    return iam_backends[account]["aws"]


def for_user(account: str, name: str) -> Credentials:
    """A new long-term access key of an IAM user.

    Raises:
        moto.iam.exceptions.NotFoundException: the account has no such user.
    """
    key = iam(account).create_access_key(name, prefix="AKIA")
    return Credentials(key.access_key_id, key.secret_access_key)


def for_role(account: str, role: str, session: str) -> Credentials:
    """A session of a role, named by its name or its ARN; the trust policy is not asked.

    Raises:
        moto.iam.exceptions.NotFoundException: the account has no such role.
    """
    state = iam(account)
    held = state.get_role_by_arn(role) if role.startswith("arn:") else state.get_role(role)
    assumed = sts_backends[account]["aws"].assume_role(
        region_name="us-east-1",
        role_session_name=session,
        role_arn=held.arn,
        policy="",
        duration=_HOUR,
        external_id="",
    )
    return Credentials(assumed.access_key_id, assumed.secret_access_key, assumed.session_token)

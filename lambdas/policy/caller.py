"""The caller of a request: who it is, and what Principal elements call it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from lambdas.model.arn import Arn

_ACCOUNT = r"[0-9]{12}"
_ANONYMOUS = ("*", "anonymous")
_SERVICE_LINKED_PATH = "role/aws-service-role/"
_SERVICE_LINKED_NAME = "AWSServiceRoleFor"
_KEPT = 4096


class Kind(StrEnum):
    """What makes a request; OUTSIDE is an AWS service or an identity provider."""

    UNKNOWN = "a caller that is not known"
    ANONYMOUS = "anybody"
    ROOT = "the root user"
    USER = "a user"
    ROLE = "a session of a role, of which the name is not known"
    SESSION = "a session of a role"
    FEDERATED_USER = "a session of a federated user"
    OUTSIDE = "an AWS service or an identity provider"


class Caller(NamedTuple):
    """Who makes a request. ``role`` is the role's name, because sessions do not know its path."""

    kind: Kind
    text: str = ""
    account: str | None = None
    role: str | None = None
    service_linked: bool = False
    has_identity: bool = True
    """Whether it is an identity of an account, with policies of its own."""


UNKNOWN = Caller(kind=Kind.UNKNOWN)


@lru_cache(maxsize=_KEPT)
def caller(text: str | None) -> Caller:
    """The caller that a text names: an ARN, an account, a service, a provider or ``*``.

    None is a caller of the resource's account of whom nothing else is known.
    """
    if text is None:
        return UNKNOWN
    if text in _ANONYMOUS:
        return Caller(kind=Kind.ANONYMOUS, text=text, has_identity=False)
    if re.fullmatch(_ACCOUNT, text):
        return Caller(kind=Kind.ROOT, text=text, account=text)
    arn = Arn.parse(text)
    kind = _kind(arn) if arn else Kind.OUTSIDE
    if arn is None or kind is Kind.OUTSIDE:
        return Caller(kind=Kind.OUTSIDE, text=text, has_identity=False)
    role = _role(arn, kind)
    return Caller(
        kind=kind,
        text=text,
        account=arn.account,
        role=role,
        service_linked=arn.resource.startswith(_SERVICE_LINKED_PATH)
        or (kind is Kind.SESSION and (role or "").startswith(_SERVICE_LINKED_NAME)),
    )


_KINDS = {
    ("iam", "user"): Kind.USER,
    ("iam", "role"): Kind.ROLE,
    ("sts", "assumed-role"): Kind.SESSION,
    ("sts", "federated-user"): Kind.FEDERATED_USER,
    ("iam", "root"): Kind.ROOT,
}
"""Service and type in an ARN -> who it names; providers have other types."""


def _kind(arn: Arn) -> Kind:
    sort, slash, _ = arn.resource.partition("/")
    kind = _KINDS.get((arn.service, sort), Kind.OUTSIDE)
    return kind if bool(slash) is (kind is not Kind.ROOT) else Kind.OUTSIDE


def _role(arn: Arn, kind: Kind) -> str | None:
    if kind is Kind.ROLE:
        return arn.name
    return arn.resource.split("/", 2)[1] if kind is Kind.SESSION else None

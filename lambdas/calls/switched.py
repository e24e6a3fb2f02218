"""Credentials that are active or not: keys, certificates and secrets of users' own.

A new one is contained by switching it off, so that it can be looked into, and given back.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from lambdas.calls.holders import Parameters, arns, calling
from lambdas.calls.watched import (
    IAM,
    Scope,
    Target,
    UnreadableParametersError,
    WatchedCall,
    Where,
    text,
)
from lambdas.calls.whose import answered, whose
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind

_ACTIVE, _INACTIVE = "Active", "Inactive"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    """One sort of credential, as IAM's calls name it; ``made`` is the call that makes one."""

    noun: str
    part: Part
    made: str
    element: str
    """The answer's element with the new one."""
    id: str
    """The parameter, and the element's member, with its id: ``AccessKeyId``."""
    gone: str
    """Why a deleted one does not come back."""

    @property
    def named(self) -> str:
        """The id as CloudTrail spells it."""
        return self.id[:1].lower() + self.id[1:]


_SORTS = (
    _Sort(
        noun="AccessKey",
        part=Part.ACCESS_KEYS,
        made="CreateAccessKey",
        element="accessKey",
        id="AccessKeyId",
        gone="nobody has the secret of a deleted access key: its user needs a new one",
    ),
    _Sort(
        noun="SSHPublicKey",
        part=Part.SSH_KEYS,
        made="UploadSSHPublicKey",
        element="sSHPublicKey",
        id="SSHPublicKeyId",
        gone="whoever has the private key can upload the public one again, under another id",
    ),
    _Sort(
        noun="SigningCertificate",
        part=Part.SIGNING_CERTIFICATES,
        made="UploadSigningCertificate",
        element="certificate",
        id="CertificateId",
        gone="whoever has the private key can upload the certificate again, under another id",
    ),
    _Sort(
        noun="ServiceSpecificCredential",
        part=Part.SERVICE_CREDENTIALS,
        made="CreateServiceSpecificCredential",
        element="serviceSpecificCredential",
        id="ServiceSpecificCredentialId",
        gone="nobody has the secret of a deleted credential: its user needs a new one",
    ),
)
_RESET = (
    "the former secret is nowhere to be had; to shut out whoever was shown the new one, make the "
    "credential inactive or reset it once more"
)


def _made(sort: _Sort, parameters: Parameters, where: Where) -> Target:
    """Its id stands in the answer only; it is active from the start.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
    """
    key = answered(where, sort.element, sort.named)
    if key is None:
        raise UnreadableParametersError(
            f"responseElements do not say which {sort.part.one} was made"
        )
    return whose(parameters, where, sort.element), (Edit(sort.part, key, _ACTIVE, fresh=True),)


def _set(sort: _Sort, parameters: Parameters, where: Where) -> Target:
    edit = Edit(sort.part, text(parameters, sort.named), text(parameters, "status"))
    return whose(parameters, where), (edit,)


def _deleted(sort: _Sort, parameters: Parameters, where: Where) -> Target:
    return whose(parameters, where), (Edit(sort.part, text(parameters, sort.named), None),)


def _secret_reset(parameters: Parameters, where: Where) -> Target:
    """A secret was there and is there: nothing that can be read shows another one."""
    return whose(parameters, where, "serviceSpecificCredential"), ()


def _deactivated(
    sort: _Sort, change: Change, live: State, edit: Edit, _: str | None
) -> tuple[Call, ...]:
    return _status(sort, change, live, edit, _INACTIVE)


def _former_status(sort: _Sort, change: Change, before: State | None, live: State | None) -> Revert:
    """The former status, if that is known: one that the state before lacks was made since."""
    calls: tuple[Call, ...] = ()
    for edit in change.edits:
        former = before.value(sort.part, edit.key) if before else None
        if former is None:
            return Irreversible(f"the former status of {sort.part.one} {edit.key} is not known")
        if live is not None and edit.shown_by(live) and former != edit.value:
            calls += _status(sort, change, live, edit, former)
    return calls


def _status(sort: _Sort, change: Change, live: State, edit: Edit, status: str) -> tuple[Call, ...]:
    given = {sort.id: edit.key, "Status": status}
    return calling(change, live, f"Update{sort.noun}", **given)


_of_user = partial(
    WatchedCall, source=IAM, family=Family.CREDENTIALS, scope=Scope.IAM_HOME, kind=Kind.USER
)


def _calls(sort: _Sort) -> Iterator[WatchedCall]:
    permissions = (Permission(action=f"iam:Update{sort.noun}", resources=arns(Kind.USER)),)
    yield _of_user(
        name=sort.made,
        parse=partial(_made, sort),
        restore=partial(_deactivated, sort),
        permissions=permissions,
        contains=True,
    )
    yield _of_user(
        name=f"Update{sort.noun}",
        parse=partial(_set, sort),
        rebuild=partial(_former_status, sort),
        permissions=permissions,
    )
    yield _of_user(name=f"Delete{sort.noun}", parse=partial(_deleted, sort), irreversible=sort.gone)


CALLS = (
    *(call for sort in _SORTS for call in _calls(sort)),
    _of_user(name="ResetServiceSpecificCredential", parse=_secret_reset, irreversible=_RESET),
)

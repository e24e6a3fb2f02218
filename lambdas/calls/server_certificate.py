"""Server certificates: uploaded, renamed or moved, and deleted.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html
"""

from collections.abc import Iterator
from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.watched import IAM, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

_NAME = "serverCertificateName"
_IN_USE = "a load balancer may use it by now: see who does before it is deleted"
_KEY_GONE = "nobody but its owner has the private key, with which it would have to be uploaded"
_NEW = {"newPath": Part.PATH, "newServerCertificateName": Part.NAME}
"""Parameter of UpdateServerCertificate -> what it sets; the path comes back first."""


def _named(parameters: Parameters, _: Where) -> Target:
    return Subject(Kind.SERVER_CERTIFICATE, text(parameters, _NAME)), ()


def _renamed(parameters: Parameters, where: Where) -> Target:
    """It goes by its new name, under which it is found now."""
    edits = tuple(_moved(parameters))
    named, _ = _named(parameters, where)
    name = next((edit.value for edit in edits if edit.part is Part.NAME), None)
    return Subject(named.kind, name or named.name), edits


def _moved(parameters: Parameters) -> Iterator[Edit]:
    for parameter, part in _NEW.items():
        if parameters.get(parameter) is not None:
            yield Edit(part, ONLY, text(parameters, parameter))


def _former(change: Change, live: State, edit: Edit, former: str | None) -> tuple[Call, ...]:
    given = "NewPath" if edit.part is Part.PATH else "NewServerCertificateName"
    if former is None:
        return ()
    return (
        Call(
            service="iam",
            operation="UpdateServerCertificate",
            parameters={"ServerCertificateName": live.subject.name, given: former},
            region=change.region,
        ),
    )


_watched = partial(
    WatchedCall,
    source=IAM,
    family=Family.CREDENTIALS,
    scope=Scope.IAM_HOME,
    kind=Kind.SERVER_CERTIFICATE,
)

CALLS = (
    _watched(
        name="UploadServerCertificate",
        parse=_named,
        lifecycle=Lifecycle.CREATED,
        irreversible=_IN_USE,
    ),
    _watched(
        name="UpdateServerCertificate",
        parse=_renamed,
        restore=_former,
        permissions=(
            Permission(
                action="iam:UpdateServerCertificate",
                resources=("arn:{partition}:iam::{account}:server-certificate/*",),
            ),
        ),
        manual=True,
    ),
    _watched(
        name="DeleteServerCertificate",
        parse=_named,
        lifecycle=Lifecycle.DELETED,
        irreversible=_KEY_GONE,
    ),
)

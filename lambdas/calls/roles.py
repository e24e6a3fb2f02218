"""Roles: their settings changed; those that AWS services have for themselves made and deleted."""

from collections.abc import Iterator, Mapping
from functools import partial

from lambdas.calls.holders import Parameters, arns, calling, holder
from lambdas.calls.watched import (
    IAM,
    Scope,
    Target,
    UnreadableParametersError,
    WatchedCall,
    Where,
    text,
)
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Revert
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject

_DESCRIPTION, _SESSION = "Description", "MaxSessionDuration"
_DEFAULT = 3600
_SERVICES = (
    "it is a service-linked role, which its service needs as long as it is in use: delete it in "
    "the service"
)
_MADE_ANEW = (
    "only its service can have it again, by CreateServiceLinkedRole or when it is used next"
)


def _updated(parameters: Parameters, _: Where) -> Target:
    return holder(Kind.ROLE, parameters), tuple(_edits(parameters))


def _edits(parameters: Parameters) -> Iterator[Edit]:
    """What is given; an empty description is none, and no session's length is the default.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html
    """
    if parameters.get("description") is not None:
        yield Edit(Part.SETTINGS, _DESCRIPTION, str(parameters["description"]) or None)
    session = parameters.get("maxSessionDuration")
    if session is None:
        session = _DEFAULT
    if not str(session).isdecimal():
        raise UnreadableParametersError(f"requestParameters.maxSessionDuration is {session!r}")
    yield Edit(Part.SETTINGS, _SESSION, str(session))


def _described(parameters: Parameters, _: Where) -> Target:
    description = parameters.get("description")
    if not isinstance(description, str):
        raise UnreadableParametersError(
            f"requestParameters.description is {description!r}, not a text"
        )
    edit = Edit(Part.SETTINGS, _DESCRIPTION, description or None)
    return holder(Kind.ROLE, parameters), (edit,)


def _former(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    """Both settings in one call, because what is left out becomes the default.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html
    """
    if not former:
        return ()
    now = live.parts[Part.SETTINGS]
    again = {**now, **{edit.key: value or "" for edit, value in former.items()}}
    given: dict[str, object] = {"RoleName": live.subject.name}
    if _DESCRIPTION in again:
        given[_DESCRIPTION] = again[_DESCRIPTION]
    if again.get(_SESSION):
        given[_SESSION] = int(again[_SESSION])
    return (Call(service="iam", operation="UpdateRole", parameters=given, region=change.region),)


def _former_text(change: Change, live: State, _: Edit, former: str | None) -> tuple[Call, ...]:
    return calling(change, live, "UpdateRoleDescription", Description=former or "")


def _made(parameters: Parameters, where: Where) -> Target:
    """Its name stands in the answer only."""
    service, role = text(parameters, "aWSServiceName"), where.answer.get("role")
    if not isinstance(role, Mapping):
        raise UnreadableParametersError(f"responseElements do not say which role {service} has")
    return Subject(Kind.ROLE, text(role, "roleName")), ()


def _deleted(parameters: Parameters, _: Where) -> Target:
    """The service may still refuse it: the event says that the deletion was asked for."""
    return holder(Kind.ROLE, parameters), ()


_watched = partial(
    WatchedCall, source=IAM, family=Family.PRINCIPALS, scope=Scope.IAM_HOME, kind=Kind.ROLE
)

CALLS = (
    _watched(
        name="UpdateRole",
        parse=_updated,
        together=_former,
        permissions=(Permission(action="iam:UpdateRole", resources=arns(Kind.ROLE)),),
        manual=True,
    ),
    _watched(
        name="UpdateRoleDescription",
        parse=_described,
        restore=_former_text,
        permissions=(Permission(action="iam:UpdateRoleDescription", resources=arns(Kind.ROLE)),),
        manual=True,
    ),
    _watched(
        name="CreateServiceLinkedRole",
        parse=_made,
        irreversible=_SERVICES,
        lifecycle=Lifecycle.CREATED,
    ),
    _watched(
        name="DeleteServiceLinkedRole",
        parse=_deleted,
        irreversible=_MADE_ANEW,
        lifecycle=Lifecycle.DELETED,
    ),
)

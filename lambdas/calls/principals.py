"""Principals: users and roles made and deleted, users and groups renamed."""

from collections.abc import Iterator
from functools import partial

from lambdas.calls.holders import Form, Parameters, calling, holder
from lambdas.calls.tagged import tags
from lambdas.calls.watched import IAM, Parse, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject

_DESTROYS = (
    "deleting it would destroy what it holds and stop what runs as it: take its permissions away "
    "first, then decide"
)
_ANOTHER = (
    "one of the same name would be another one: policies that name the former one by its id do not "
    "mean it, and its credentials are gone"
)


def _user_made(parameters: Parameters, _: Where) -> Target:
    edits = (*_bounded(parameters), *_tagged(parameters))
    return holder(Kind.USER, parameters), edits


def _role_made(parameters: Parameters, _: Where) -> Target:
    trust = Edit(Part.TRUST, ONLY, text(parameters, "assumeRolePolicyDocument"), fresh=True)
    return holder(Kind.ROLE, parameters), (trust, *_bounded(parameters), *_tagged(parameters))


def _bounded(parameters: Parameters) -> Iterator[Edit]:
    if parameters.get("permissionsBoundary") is not None:
        boundary = text(parameters, "permissionsBoundary")
        yield Edit(Part.BOUNDARY, ONLY, boundary, fresh=True)


def _tagged(parameters: Parameters) -> Iterator[Edit]:
    if parameters.get("tags") is not None:
        for key, value in tags(parameters, "tags").items():
            yield Edit(Part.TAGS, key, value, fresh=True)


def _deleted(kind: Kind, parameters: Parameters, _: Where) -> Target:
    return holder(kind, parameters), ()


def _renamed(kind: Kind, parameters: Parameters, _: Where) -> Target:
    """The subject goes by its new name, under which it is found now."""
    former = holder(kind, parameters)
    return Subject(kind, _new_name(kind, parameters) or former.name), tuple(
        _moved(kind, parameters)
    )


def _moved(kind: Kind, parameters: Parameters) -> Iterator[Edit]:
    """The path first: while it is put back, the subject still has its new name."""
    if parameters.get("newPath") is not None:
        yield Edit(Part.PATH, ONLY, text(parameters, "newPath"))
    name = _new_name(kind, parameters)
    if name is not None:
        yield Edit(Part.NAME, ONLY, name)


def _new_name(kind: Kind, parameters: Parameters) -> str | None:
    """The new name, or None where only the path changes."""
    given = f"new{kind.capitalize()}Name"
    return text(parameters, given) if parameters.get(given) is not None else None


def _former(change: Change, live: State, edit: Edit, former: str | None) -> tuple[Call, ...]:
    given = f"New{live.subject.kind.capitalize()}Name" if edit.part is Part.NAME else "NewPath"
    return () if former is None else calling(change, live, "Update{}", **{given: former})


_RENAME = Form(
    name="Update{}",
    family=Family.PRINCIPALS,
    parse=_renamed,
    restore=_former,
    undone_by=("Update{}",),
    manual=True,
)


def _kept(name: str, kind: Kind, parse: Parse, lifecycle: Lifecycle) -> WatchedCall:
    """A call that makes or deletes a principal, which no call takes back exactly."""
    return WatchedCall(
        source=IAM,
        name=name,
        family=Family.PRINCIPALS,
        scope=Scope.IAM_HOME,
        kind=kind,
        parse=parse,
        irreversible=_DESTROYS if lifecycle is Lifecycle.CREATED else _ANOTHER,
        lifecycle=lifecycle,
    )


CALLS = (
    _kept("CreateUser", Kind.USER, _user_made, Lifecycle.CREATED),
    _kept("CreateRole", Kind.ROLE, _role_made, Lifecycle.CREATED),
    _kept("DeleteUser", Kind.USER, partial(_deleted, Kind.USER), Lifecycle.DELETED),
    _kept("DeleteRole", Kind.ROLE, partial(_deleted, Kind.ROLE), Lifecycle.DELETED),
    *(_RENAME.of(kind) for kind in (Kind.USER, Kind.GROUP)),
)

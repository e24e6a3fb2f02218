"""Permissions boundaries of users and roles, set and taken away."""

from lambdas.calls.holders import Form, Parameters, calling, holder
from lambdas.calls.watched import Target, Where, text
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind

HOLDERS = (Kind.USER, Kind.ROLE)


def _set(kind: Kind, parameters: Parameters, _: Where) -> Target:
    edit = Edit(Part.BOUNDARY, ONLY, text(parameters, "permissionsBoundary"))
    return holder(kind, parameters), (edit,)


def _deleted(kind: Kind, parameters: Parameters, _: Where) -> Target:
    return holder(kind, parameters), (Edit(Part.BOUNDARY, ONLY, None),)


def _former(change: Change, live: State, _edit: Edit, former: str | None) -> tuple[Call, ...]:
    if former is None:
        return calling(change, live, "Delete{}PermissionsBoundary")
    return calling(change, live, "Put{}PermissionsBoundary", PermissionsBoundary=former)


_AGAIN = ("Put{}PermissionsBoundary",)
"""A boundary where none was is taken away by a person only, because that gives power."""

_FORMS = (
    Form(
        name="Put{}PermissionsBoundary",
        family=Family.BOUNDARY,
        parse=_set,
        restore=_former,
        undone_by=_AGAIN,
    ),
    Form(
        name="Delete{}PermissionsBoundary",
        family=Family.BOUNDARY,
        parse=_deleted,
        restore=_former,
        undone_by=_AGAIN,
    ),
)

CALLS = tuple(form.of(kind) for kind in HOLDERS for form in _FORMS)

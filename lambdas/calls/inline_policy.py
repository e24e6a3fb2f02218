"""Inline policies of users, roles and groups, written and deleted."""

from lambdas.calls.holders import Form, Parameters, calling, holder
from lambdas.calls.watched import Target, Where, text
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.revert import Call
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind

HOLDERS = (Kind.USER, Kind.ROLE, Kind.GROUP)


def _written(kind: Kind, parameters: Parameters, _: Where) -> Target:
    subject = holder(kind, parameters)
    edit = Edit(Part.INLINE, text(parameters, "policyName"), text(parameters, "policyDocument"))
    return subject, (edit,)


def _deleted(kind: Kind, parameters: Parameters, _: Where) -> Target:
    edit = Edit(Part.INLINE, text(parameters, "policyName"), None)
    return holder(kind, parameters), (edit,)


def _former(change: Change, live: State, edit: Edit, former: str | None) -> tuple[Call, ...]:
    if former is None:
        return calling(change, live, "Delete{}Policy", PolicyName=edit.key)
    return calling(change, live, "Put{}Policy", PolicyName=edit.key, PolicyDocument=former)


_FORMS = (
    Form(
        name="Put{}Policy",
        family=Family.INLINE_POLICY,
        parse=_written,
        restore=_former,
        undone_by=("Put{}Policy", "Delete{}Policy"),
    ),
    Form(
        name="Delete{}Policy",
        family=Family.INLINE_POLICY,
        parse=_deleted,
        restore=_former,
        undone_by=("Put{}Policy",),
    ),
)

CALLS = tuple(form.of(kind) for kind in HOLDERS for form in _FORMS)

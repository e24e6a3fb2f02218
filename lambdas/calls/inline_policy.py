"""Inline policies of users, roles and groups, written and deleted."""

from collections.abc import Mapping

from lambdas.calls.watched import IAM, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject

_USERS = ("arn:{partition}:iam::{account}:user/*",)


def _document(parameters: Mapping[str, object], _: Where) -> Target:
    subject = Subject(Kind.USER, text(parameters, "userName"))
    edit = Edit(Part.INLINE, text(parameters, "policyName"), text(parameters, "policyDocument"))
    return subject, (edit,)


def _former(change: Change, live: State, edit: Edit, former: str | None) -> tuple[Call, ...]:
    named = {"UserName": live.subject.name, "PolicyName": edit.key}
    operation, parameters = (
        ("DeleteUserPolicy", named)
        if former is None
        else ("PutUserPolicy", {**named, "PolicyDocument": former})
    )
    return (Call(service="iam", operation=operation, parameters=parameters, region=change.region),)


CALLS = (
    WatchedCall(
        source=IAM,
        name="PutUserPolicy",
        family=Family.INLINE_POLICY,
        scope=Scope.IAM_HOME,
        kind=Kind.USER,
        parse=_document,
        restore=_former,
        permissions=(
            Permission(action="iam:PutUserPolicy", resources=_USERS),
            Permission(action="iam:DeleteUserPolicy", resources=_USERS),
        ),
    ),
)

"""Managed policies attached to users, roles and groups, and detached from them."""

from collections.abc import Mapping

from lambdas.calls.watched import IAM, Scope, Target, WatchedCall, Where, text
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject


def _attachment(parameters: Mapping[str, object], _: Where) -> Target:
    arn = text(parameters, "policyArn")
    policy = Arn.parse(arn)
    subject = Subject(Kind.USER, text(parameters, "userName"))
    return subject, (Edit(Part.ATTACHED, arn, policy.name if policy else arn),)


def _detached(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    return (
        Call(
            service="iam",
            operation="DetachUserPolicy",
            parameters={"UserName": live.subject.name, "PolicyArn": edit.key},
            region=change.region,
        ),
    )


CALLS = (
    WatchedCall(
        source=IAM,
        name="AttachUserPolicy",
        family=Family.MANAGED_POLICY,
        scope=Scope.IAM_HOME,
        kind=Kind.USER,
        parse=_attachment,
        restore=_detached,
        permissions=(
            Permission(
                action="iam:DetachUserPolicy",
                resources=("arn:{partition}:iam::{account}:user/*",),
            ),
        ),
    ),
)

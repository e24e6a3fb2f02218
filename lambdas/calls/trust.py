"""Trust: who may assume a role."""

from lambdas.calls.holders import Parameters, arns, calling, holder
from lambdas.calls.watched import IAM, Scope, Target, WatchedCall, Where, text
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind


def _written(parameters: Parameters, _: Where) -> Target:
    subject = holder(Kind.ROLE, parameters)
    return subject, (Edit(Part.TRUST, ONLY, text(parameters, "policyDocument")),)


def _former(change: Change, live: State, _edit: Edit, former: str | None) -> tuple[Call, ...]:
    """The former trust; a role without one is not to be had."""
    if former is None:
        return ()
    return calling(change, live, "UpdateAssumeRolePolicy", PolicyDocument=former)


CALLS = (
    WatchedCall(
        source=IAM,
        name="UpdateAssumeRolePolicy",
        family=Family.TRUST,
        scope=Scope.IAM_HOME,
        kind=Kind.ROLE,
        parse=_written,
        restore=_former,
        permissions=(Permission(action="iam:UpdateAssumeRolePolicy", resources=arns(Kind.ROLE)),),
    ),
)

"""Managed policies attached to users, roles and groups, and detached from them."""

from fnmatch import fnmatchcase

from lambdas.calls.holders import Form, Parameters, calling, holder
from lambdas.calls.watched import Target, Where, text
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.revert import Call
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind

RESTRICTING = ("AWSCompromisedKeyQuarantine*", "AWSDenyAll")
"""AWS's own policies that do nothing but deny, and that are there to be attached.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
"""
_ATTACHED_AGAIN = {
    "ArnLike": {
        "iam:PolicyARN": (
            "arn:{partition}:iam::{account}:policy/*",
            *(f"arn:{{partition}}:iam::aws:policy/{name}" for name in RESTRICTING),
        )
    }
}
"""Which policies an undo may attach: only what restricts is attached without a person.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

HOLDERS = (Kind.USER, Kind.ROLE, Kind.GROUP)


def may_be_attached(policy: str) -> bool:
    """Whether an undo may attach the policy with this ARN at all, whatever it says now."""
    arn = Arn.parse(policy)
    if arn is None or arn.account != "aws":
        return True
    return any(fnmatchcase(arn.name, name) for name in RESTRICTING)


def _attachment(kind: Kind, parameters: Parameters, _: Where) -> Target:
    arn = text(parameters, "policyArn")
    policy = Arn.parse(arn)
    edit = Edit(Part.ATTACHED, arn, policy.name if policy else arn)
    return holder(kind, parameters), (edit,)


def _detachment(kind: Kind, parameters: Parameters, _: Where) -> Target:
    edit = Edit(Part.ATTACHED, text(parameters, "policyArn"), None)
    return holder(kind, parameters), (edit,)


def _detached(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    return calling(change, live, "Detach{}Policy", PolicyArn=edit.key)


def _attached(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    return calling(change, live, "Attach{}Policy", PolicyArn=edit.key)


_FORMS = (
    Form(
        name="Attach{}Policy",
        family=Family.MANAGED_POLICY,
        parse=_attachment,
        restore=_detached,
        undone_by=("Detach{}Policy",),
    ),
    Form(
        name="Detach{}Policy",
        family=Family.MANAGED_POLICY,
        parse=_detachment,
        restore=_attached,
        undone_by=("Attach{}Policy",),
        condition=_ATTACHED_AGAIN,
    ),
)

CALLS = tuple(form.of(kind) for kind in HOLDERS for form in _FORMS)

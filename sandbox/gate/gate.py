"""The gate: asked once for each call, it decides every action that the call needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.gate import holdings
from sandbox.gate.conditions import Context
from sandbox.gate.decide import Decision, Policies, Principal, decide
from sandbox.gate.document import read
from sandbox.gate.errors import UnknownActionError
from sandbox.gate.needs import NEEDS
from sandbox.gate.needs.need import Need
from sandbox.gate.needs.where import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked: an operation with its parameters, in a region, by a session of a role."""

    service: str
    operation: str
    parameters: Mapping[str, Any]
    region: str
    account: str
    role: str
    """The role's ARN."""
    session: str
    """The session's ARN."""


def check(request: Request) -> tuple[Decision, ...]:
    """A decision for each action that the call needs; the call may go on if all are allowed.

    Raises:
        UnknownActionError: the table does not say what the call needs.
        UnsupportedPolicyError: a policy that matters uses what the gate does not evaluate.
    """
    who = Principal(account=request.account, role=request.role, session=request.session)
    return tuple(
        decide(
            who,
            need,
            _context(request, need),
            holdings.of_role(request.account, request.role, need.resource),
        )
        for need in needs_of(request)
    )


def needs_of(request: Request) -> tuple[Need, ...]:
    """The actions and resources that a call needs.

    Raises:
        UnknownActionError: there is no row for the call, or it lacks what the row reads.
    """
    row = NEEDS.get((request.service, request.operation))
    if row is None:
        raise UnknownActionError(
            f"the gate has no row for {request.service}:{request.operation} by {request.role}"
        )
    try:
        return row(request.parameters, Where(request.account, request.region))
    except KeyError as error:
        raise UnknownActionError(
            f"{request.service}:{request.operation} without {error}: the gate knows no resource"
        ) from error


def service_may(
    service: str, need: Need, *, account: str, source_arn: str, policy: str | None = None
) -> Decision:
    """Whether a resource's policy lets an AWS service in, on behalf of a resource of the account.

    ``need`` is as EventBridge's ``sqs:SendMessage`` on the queue of a rule (``source_arn``).
    ``policy`` is given where the gate does not keep it, as a role's trust policy.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    context = {
        "aws:principalisawsservice": "true",
        "aws:securetransport": "true",
        "aws:sourcearn": source_arn,
        "aws:sourceaccount": account,
        **_owner(need),
        **need.context,
    }
    own = read(policy) if policy else holdings.of_resource(account, need.resource)
    policies = Policies(identity=(), resource=own)
    return decide(Principal(service=service), need, context, policies)


def _context(request: Request, need: Need) -> Context:
    """The request's keys. ``aws:SourceArn`` and its like are only in calls that services make.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    return {
        "aws:principalarn": request.role,
        "aws:principalaccount": request.account,
        "aws:principalisawsservice": "false",
        "aws:requestedregion": request.region,
        "aws:securetransport": "true",
        "kms:calleraccount": request.account,
        **_owner(need),
        **need.context,
    }


def _owner(need: Need) -> Context:
    account = (need.resource.split(":", 5) + [""] * 5)[4]
    return {"aws:resourceaccount": account} if account.isdigit() else {}

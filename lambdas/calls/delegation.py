"""Delegation requests: access for a while that a provider of a product asks for and people grant.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html
"""

from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.iam import calling, permitted, watching
from lambdas.calls.watched import Target, UnreadableParametersError, WatchedCall, Where, text
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.revert import Call
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject

_ID = "delegationRequestId"
_ONLY_ASKS = (
    "it gives nothing yet: only AcceptDelegationRequest does; whoever does not want it rejects it"
)
_HANDED_OVER = (
    "the provider has its token, and a finalized request cannot be rolled back: take away the "
    "permissions of whoever accepted it"
)
_REJECTED = "a rejected request cannot be accepted any more: it has to be made anew"


def _made(_: Parameters, where: Where) -> Target:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html."""
    made = where.answer.get(_ID)
    if not isinstance(made, str) or not made:
        raise UnreadableParametersError("responseElements do not say which request was made")
    return Subject(Kind.DELEGATION_REQUEST, made), ()


def _named(parameters: Parameters, _: Where) -> Target:
    return Subject(Kind.DELEGATION_REQUEST, text(parameters, _ID)), ()


def _accepted(parameters: Parameters, where: Where) -> Target:
    """One that was accepted before is not accepted again.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcceptDelegationRequest.html
    """
    subject, _ = _named(parameters, where)
    return subject, (Edit(Part.SETTINGS, "State", "ACCEPTED", fresh=True),)


def _reject(change: Change, live: State, _edit: Edit, _: str | None) -> tuple[Call, ...]:
    """It may be rejected until its token is sent, and cannot be as before.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_RejectDelegationRequest.html
    """
    return calling(change, "RejectDelegationRequest", DelegationRequestId=live.subject.name)


_watching = partial(watching, family=Family.ACCOUNT, kind=Kind.DELEGATION_REQUEST)


def _final(name: str, why: str) -> WatchedCall:
    return _watching(name=name, parse=_named, irreversible=why)


CALLS = (
    _watching(name="CreateDelegationRequest", parse=_made, irreversible=_ONLY_ASKS, answered=True),
    _final("AssociateDelegationRequest", _ONLY_ASKS),
    _final("UpdateDelegationRequest", _ONLY_ASKS),
    _watching(
        name="AcceptDelegationRequest",
        parse=_accepted,
        restore=_reject,
        permissions=(
            permitted(
                "RejectDelegationRequest", "arn:{partition}:iam::{account}:delegation-request/*"
            ),
        ),
        contains=True,
    ),
    _final("SendDelegationToken", _HANDED_OVER),
    _final("RejectDelegationRequest", _REJECTED),
)

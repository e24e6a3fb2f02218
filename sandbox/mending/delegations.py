"""Delegation requests, which moto does not have.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from moto.core.responses import ActionResult, EmptyResult
from moto.iam import policy_validation
from moto.iam.exceptions import InvalidInput, NoSuchEntity
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

_OPEN = frozenset({"UNASSIGNED", "ASSIGNED", "PENDING_APPROVAL"})
_STEPS = {
    "associate": (_OPEN, "ASSIGNED"),
    "update": (_OPEN, "PENDING_APPROVAL"),
    "accept": (_OPEN, "ACCEPTED"),
    "reject": (_OPEN | {"ACCEPTED"}, "REJECTED"),
}
"""What is done -> the states in which it may be done, and the one that follows."""


def _state(response: IamResponse) -> dict[str, str]:
    held: dict[str, str] = response.backend.delegations
    name = _given(response, "DelegationRequestId")
    if name not in held:
        raise NoSuchEntity(f"Delegation request {name} does not exist.")
    return held


def _moved(response: IamResponse, former: frozenset[str], state: str) -> ActionResult:
    held, name = _state(response), _given(response, "DelegationRequestId")
    if held[name] not in former:
        raise InvalidInput(f"Delegation request {name} is in state {held[name]}.")
    response.backend.delegations = {**held, name: state}
    return EmptyResult()


def _step(former: frozenset[str], state: str) -> Callable[[IamResponse], ActionResult]:
    return lambda response: _moved(response, former, state)


def _created(response: IamResponse) -> ActionResult:
    name = str(uuid4())
    response.backend.delegations = {**response.backend.delegations, name: "UNASSIGNED"}
    return ActionResult({"DelegationRequestId": name})


def _got(response: IamResponse) -> ActionResult:
    name = _given(response, "DelegationRequestId")
    request = {
        "DelegationRequestId": name,
        "State": _state(response)[name],
        "OwnerAccountId": response.current_account,
    }
    return ActionResult({"DelegationRequest": request})


def _given(response: IamResponse, name: str) -> Any:
    return response._get_param(name)  # noqa: SLF001  # as moto's own handlers do


_PATHS: dict[str, Any] = policy_validation.VALID_RESOURCE_PATH_STARTING_VALUES
_IAM: dict[str, Any] = _PATHS["iam"]
_KNOWN = {**_PATHS, "iam": {**_IAM, "values": [*_IAM["values"], "delegation-request/", "*"]}}
"""How a resource of IAM may begin in a policy; a bare ``*`` is in moto's message, not in its list.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

PATCHES = (
    Patch(policy_validation, "VALID_RESOURCE_PATH_STARTING_VALUES", _KNOWN),
    Patch(IAMBackend, "delegations", {}),
    Patch(IamResponse, "create_delegation_request", _created),
    Patch(IamResponse, "get_delegation_request", _got),
    Patch(IamResponse, "send_delegation_token", _step(frozenset({"ACCEPTED"}), "FINALIZED")),
    *(
        Patch(IamResponse, f"{verb}_delegation_request", _step(*step))
        for verb, step in _STEPS.items()
    ),
)
"""Requests are kept by id, each with its state."""

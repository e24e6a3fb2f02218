"""Who is checked, and asking: by default the roles that Lambda functions run under."""

import json
from functools import cache

from moto.iam.models import iam_backends

from sandbox.calls.call import ApiCall
from sandbox.calls.caller import Caller, Kind
from sandbox.gate import gate
from sandbox.gate.decide import Decision


def asked(call: ApiCall, caller: Caller) -> tuple[Decision, ...]:
    """What the gate decides of a call: the call may go on if everything is allowed.

    Raises:
        GateError: the gate cannot decide.
    """
    return gate.check(
        gate.Request(
            service=call.service,
            operation=call.operation,
            parameters=call.parameters,
            region=call.region,
            account=caller.account,
            role=caller.principal_arn,
            session=caller.arn,
        )
    )


def function_role(caller: Caller) -> bool:
    """Whether the caller is a session of a role that Lambda may assume."""
    if caller.kind is not Kind.ROLE:
        return False
    role = iam_backends[caller.account]["aws"].get_role_by_arn(caller.principal_arn)
    return _trusts_lambda(role.assume_role_policy_document)


@cache
def _trusts_lambda(trust: str) -> bool:
    statements = json.loads(trust)["Statement"]
    for statement in statements if isinstance(statements, list) else [statements]:
        principal = statement.get("Principal", {})
        services = principal.get("Service", []) if isinstance(principal, dict) else []
        if "lambda.amazonaws.com" in ([services] if isinstance(services, str) else services):
            return True
    return False

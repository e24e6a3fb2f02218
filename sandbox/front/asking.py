"""Asking the gate without a call: of what AWS does under a role, and of what a role never used."""

import time
from collections.abc import Mapping
from typing import Any

from sandbox.calls.call import ApiCall
from sandbox.calls.caller import find
from sandbox.calls.credentials import Credentials
from sandbox.front.enforced import asked
from sandbox.front.hooks import Hooks, LoggedCall
from sandbox.gate.decide import Decision
from sandbox.gate.needs.need import Need
from sandbox.gate.usage import Grant, unused

_AWS = "AWS Internal"


def call_by_aws(
    service: str, operation: str, parameters: Mapping[str, Any], *, region: str, key: Credentials
) -> ApiCall:
    """A call that an AWS service would make with these credentials."""
    return ApiCall(
        service=service,
        operation=operation,
        parameters=parameters,
        region=region,
        access_key=key.access_key_id,
        source_address=_AWS,
        user_agent=_AWS,
    )


def ask(account: str, hooks: Hooks, call: ApiCall) -> tuple[Decision, ...]:
    """Decide a call, keep the decision in the log, and go no further."""
    caller = find(account, call.access_key)
    decisions = asked(call, caller)
    now = time.monotonic()
    hooks.logged(
        LoggedCall(call=call, caller=caller, began=now, ended=now, decisions=decisions, error=None)
    )
    return decisions


def unused_grants(account: str, hooks: Hooks) -> tuple[Grant, ...]:
    """The grants of the roles in the log that nothing in the log needed."""
    needs: dict[str, list[Need]] = {}
    for entry in list(hooks.log):
        if entry.decisions is not None:
            of_role = needs.setdefault(entry.caller.principal_arn, [])
            of_role += [decision.need for decision in entry.decisions]
    return tuple(grant for role in sorted(needs) for grant in unused(account, role, needs[role]))

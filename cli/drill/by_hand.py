"""By hand: what a person does with `snapback revert ID --yes`, in the sandbox."""

import json
import time
from typing import Any

from botocore import xform_name
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, ClientError

from cli.company import ON_CALL
from cli.decider import OUTPUT
from cli.stage import Stage
from lambdas.aws.callers import proof
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending
from lambdas.model.revert import Call
from sandbox.identities import Identity

_WHAT = "revert"


class NotDoneError(Exception):
    """A person could not carry the plan out; the message says why."""


def reverted(incident: str, stage: Stage) -> None:
    """Have the calls planned and noted, make them as whoever is on call, and have it read back.

    Raises:
        NotDoneError: it was refused, a call failed, or the account does not show it.
    """
    person = stage.sandbox.as_user(ON_CALL)
    planned = ask(stage, person, "plan", incident=incident, what=_WHAT)
    calls = [Call(**each) for each in planned["calls"]]
    fingerprints = [call_fingerprint(call) for call in calls]
    ask(stage, person, "begin", incident=incident, what=_WHAT, fingerprints=fingerprints)
    failed = _made(calls, person)
    answer = ask(stage, person, "finish", incident=incident, what=_WHAT, failed=failed)
    if answer["ending"] != Ending.RESTORED:
        raise NotDoneError(f"by hand: {answer['ending']}: {answer['says']}")


def _made(calls: list[Call], person: Identity) -> str | None:
    """Why not all calls could be made; None where they were."""
    for number, call in enumerate(calls):
        if number:  # as long as a person takes: within a second, what came first is not said
            time.sleep(1.05 - time.time() % 1)
        client: Any = person.client(call.service, region=call.region)
        try:
            getattr(client, xform_name(call.operation))(**call.parameters)
        except (ClientError, BotoCoreError) as error:
            return f"{call.action}: {error}"
    return None


def ask(stage: Stage, person: Identity, do: str, **question: Any) -> dict[str, Any]:
    """Have the deployed function do one thing, with proof of who asks; its answer.

    Raises:
        NotDoneError: it failed, or refused.
    """
    asked = json.dumps({"do": do, **question})
    held = person.credentials
    keys = Credentials(held.access_key_id, held.secret_access_key, held.session_token)
    given = {"asked": asked, "proof": proof(asked, keys, person.client("sts"))}
    answer = person.client("lambda").invoke(
        FunctionName=stage.outputs[OUTPUT], Payload=json.dumps(given).encode()
    )
    said: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer or "refused" in said:
        raise NotDoneError(f"by hand: {said.get('refused') or said.get('errorMessage')}")
    return said

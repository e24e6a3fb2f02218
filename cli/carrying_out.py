"""Carrying out: planned calls made with a person's own credentials, and what came of them."""

from typing import Any

from rich.console import Console

from cli.decider import Decider
from cli.foreign import plain
from lambdas.aws.reverts import LiveReverts
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.revert import Call
from lambdas.service.ports import CallFailedError


def commands(planned: dict[str, Any]) -> list[str]:
    """What will be made, from the very calls that will be: as a person is shown it before."""
    return [Call(**each).command() for each in planned["calls"]]


def carry_out(
    decider: Decider, what: str, planned: dict[str, Any], progress: Console
) -> dict[str, Any]:
    """Have the calls noted, make them in order, and have the account read back.

    Raises:
        DecideError: they are not to be made any more, or Snapback could not be asked.
    """
    calls = [Call(**each) for each in planned["calls"]]
    fingerprints = [call_fingerprint(call) for call in calls]
    decider.ask("begin", incident=planned["incident"], what=what, fingerprints=fingerprints)
    failed = _made(calls, progress)
    return decider.ask("finish", incident=planned["incident"], what=what, failed=failed)


def _made(calls: list[Call], progress: Console) -> str | None:
    """Why not all calls could be made; None where they were."""
    for call in calls:
        try:
            LiveReverts().make(call)
        except CallFailedError as error:
            if not error.gone:
                return str(error)
        progress.print(plain(f"made {call.action}"))
    return None

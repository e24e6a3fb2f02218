"""Sweeps: the sweeping function asked for, which is not waited for."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


LONGEST = 60
"""Seconds that a sweep may be asked to wait before it begins."""


class AskedSweeps:
    """The sweeping function, as the port that the jobs use."""

    def __init__(self, lambda_: "LambdaClient", function_name: str) -> None:
        self._lambda = lambda_
        self._function_name = function_name

    def request(self, *, after: int = 0) -> None:
        """Invoke it asynchronously; its own retries and dead letters hold from then on.

        An invocation has no delay of its own, so it is the function that waits.
        https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
        """
        payload = json.dumps({"after": after} if after else {}).encode()
        self._lambda.invoke(
            FunctionName=self._function_name, InvocationType="Event", Payload=payload
        )


def seconds_to_wait(event: Mapping[str, object]) -> int:
    """How long a sweep is to wait, as it was asked: not at all by a schedule or a person."""
    after = event.get("after")
    return min(max(after, 0), LONGEST) if isinstance(after, int) else 0


class NoSweeps:
    """There is no sweep to be asked for: the function undoes no trail."""

    def request(self, *, after: int = 0) -> None:  # noqa: ARG002 - the port's
        """Refuse: nothing should have come to this.

        Raises:
            RuntimeError: always; the settings of the undo and of the deployment disagree.
        """
        raise RuntimeError("a sweep is to be asked for, and the function is told of none")

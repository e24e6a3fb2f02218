"""The deployed stack: its functions, found by the names of its outputs."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boto3.session import Session

STACK = os.environ.get("SNAPBACK_STACK", "Snapback")
"""A StackSet gives its stacks names of its own."""


class NotDeployedError(Exception):
    """The stack is not there, or lacks what is asked for; the message says what to do."""


def function(session: "Session", output: str) -> str:
    """The name of the function that an output of the stack names.

    Raises:
        NotDeployedError: the stack has no such output.
    """
    found = session.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in found[0].get("Outputs", [])}
    if output not in outputs:
        raise NotDeployedError(f"stack {STACK} has no output {output}: deploy it anew")
    return outputs[output]

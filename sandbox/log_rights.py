"""Log rights: whether a function's role lets AWS Lambda write the function's logs.

AWS Lambda writes them under that role, and where it may not, they are lost without a word.
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
"""

from sandbox.calls.credentials import Credentials
from sandbox.deployed import Deployed
from sandbox.front import Front

_STREAM = "2026/01/01/[$LATEST]sandbox"


def lacking(front: Front, function: Deployed, role: Credentials) -> list[str]:
    """The actions that the role lacks to write the function's logs."""
    where = {"logGroupName": function.log_group, "logStreamName": _STREAM}
    asked = (
        front.ask(role, "logs", operation, where)
        for operation in ("CreateLogStream", "PutLogEvents")
    )
    return [d.need.action for decisions in asked for d in decisions if not d.allowed]

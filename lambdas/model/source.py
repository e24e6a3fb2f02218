"""Event sources: which service's actions CloudTrail records under which name."""

from collections.abc import Mapping

_SPELLED: Mapping[str, str] = {"monitoring": "cloudwatch"}
"""How an event source begins -> the prefix of the service's IAM actions, where that differs.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html
"""


def action_of(source: str, name: str) -> str:
    """A recorded call as IAM policies spell it, such as iam:PutUserPolicy."""
    service = source.partition(".")[0]
    return f"{_SPELLED.get(service, service)}:{name}"

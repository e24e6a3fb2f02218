"""Resource policies that calls set at run time, passed on to the gate."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlparse

from sandbox.calls.call import ApiCall
from sandbox.gate import resource_policies

Setting = tuple[str, str | None]
"""The ARN of a resource, and its new policy (None: taken away)."""


def _queue(call: ApiCall, account: str) -> Setting | None:
    attributes: Mapping[str, Any] = call.parameters.get("Attributes", {})
    if "Policy" not in attributes:
        return None
    name = call.parameters.get("QueueName")
    name = name or urlparse(str(call.parameters["QueueUrl"])).path.rpartition("/")[2]
    return f"arn:aws:sqs:{call.region}:{account}:{name}", attributes["Policy"] or None


def _topic(call: ApiCall, _: str) -> Setting | None:
    if call.parameters["AttributeName"] != "Policy":
        return None
    return str(call.parameters["TopicArn"]), call.parameters["AttributeValue"]


def _table(call: ApiCall, _: str) -> Setting:
    return str(call.parameters["ResourceArn"]), call.parameters.get("Policy")


def _key(call: ApiCall, account: str) -> Setting:
    key = str(call.parameters["KeyId"])
    arn = key if key.startswith("arn:") else f"arn:aws:kms:{call.region}:{account}:key/{key}"
    return arn, call.parameters["Policy"]


_SETTERS: dict[tuple[str, str], Callable[[ApiCall, str], Setting | None]] = {
    ("sqs", "CreateQueue"): _queue,
    ("sqs", "SetQueueAttributes"): _queue,
    ("sns", "SetTopicAttributes"): _topic,
    ("dynamodb", "PutResourcePolicy"): _table,
    ("dynamodb", "DeleteResourcePolicy"): _table,
    ("kms", "PutKeyPolicy"): _key,
}
"""(service, operation) -> which resource's policy it sets, once it has succeeded."""


def keep(call: ApiCall, account: str) -> None:
    """Tell the gate of a policy that this call has set."""
    setter = _SETTERS.get((call.service, call.operation))
    setting = setter(call, account) if setter else None
    if setting is not None:
        resource_policies.register(*setting)

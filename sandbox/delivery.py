"""Delivery: what AWS's own services bring to functions, queues and topics, and may.

A service has no identity policy: the target's resource policy alone decides.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from moto.core.exceptions import ServiceException
from moto.kms.models import kms_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from werkzeug.exceptions import HTTPException

from sandbox import deployed
from sandbox.asynchronous import Asynchronous
from sandbox.gate import gate, resource_policies
from sandbox.gate.needs.need import Need

_KEY_ACTIONS = ("kms:GenerateDataKey", "kms:Decrypt")
_DEFAULT_TOPIC_POLICY = "__default_policy_ID"


class UndeliverableError(RuntimeError):
    """The target is missing, or its policy does not let the service in; ``code`` as AWS's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is brought, by which service, on behalf of the resource with the ARN ``source``."""

    body: str
    service: str
    source: str
    attributes: Mapping[str, str]
    subject: str | None = None
    """Of a mail, where a topic sends one."""


class Delivery:
    """Brings messages to whatever has the target's ARN."""

    def __init__(self, account: str, asynchronous: Asynchronous) -> None:
        self._account = account
        self._asynchronous = asynchronous
        self._targets: Mapping[str, Callable[[str, Message], None]] = {
            "lambda": self._to_function,
            "sqs": self._to_queue,
            "sns": self._to_topic,
        }

    def deliver(self, target: str, message: Message) -> None:
        """Bring a message to its target.

        Raises:
            UndeliverableError: the target is missing, or does not let the service in.
            GateError: the target's policy cannot be judged.
        """
        kind = target.split(":")[2]
        if kind not in self._targets:
            raise UndeliverableError("SANDBOX", f"the sandbox cannot deliver to {target}")
        self._targets[kind](target, message)

    def _to_function(self, arn: str, message: Message) -> None:
        with _missing(arn):
            statements = deployed.held(self._account, arn.split(":")[3], arn).policy.statements
        self._require("lambda:InvokeFunction", arn, message, json.dumps({"Statement": statements}))
        self._asynchronous.invoke(arn, message.body.encode())

    def _to_queue(self, arn: str, message: Message) -> None:
        _, _, _, region, _, name = arn.split(":")
        backend = sqs_backends[self._account][region]
        with _missing(arn):
            queue = backend.get_queue(name)
        self._require("sqs:SendMessage", arn, message, queue.policy)
        self._require_key(queue.kms_master_key_id, region, message)
        attributes = {
            key: {"DataType": "String", "StringValue": value}
            for key, value in message.attributes.items()
        }
        backend.send_message(name, message.body, message_attributes=attributes)

    def _to_topic(self, arn: str, message: Message) -> None:
        region = arn.split(":")[3]
        with _missing(arn):
            topic = sns_backends[self._account][region].get_topic(arn)
        own = json.loads(topic.policy).get("Id") != _DEFAULT_TOPIC_POLICY
        self._require("sns:Publish", arn, message, topic.policy if own else None)
        self._require_key(topic.kms_master_key_id, region, message)
        topic.publish(message.body, message.subject)

    def _require(self, action: str, arn: str, message: Message, policy: str | None) -> None:
        """Ask the gate, by the policy that the resource has now."""
        resource_policies.register(arn, policy)
        self._ask(action, arn, message)

    def _require_key(self, key_id: str | None, region: str, message: Message) -> None:
        """An encrypted target needs its key's policy to let the service in, too."""
        if key_id:
            key = kms_backends[self._account][region].describe_key(key_id)
            for action in _KEY_ACTIONS:
                self._ask(action, key.arn, message)

    def _ask(self, action: str, arn: str, message: Message) -> None:
        decision = gate.service_may(
            message.service, Need(action, arn), account=self._account, source_arn=message.source
        )
        if not decision.allowed:
            raise UndeliverableError(
                "NO_PERMISSIONS",
                f"{message.service} may not {action} on {arn} for {message.source}: "
                f"{decision.reason}",
            )


@contextmanager
def _missing(arn: str) -> Iterator[None]:
    """Give moto's "not found" the code that EventBridge has for it."""
    try:
        yield
    except (ServiceException, HTTPException) as error:
        raise UndeliverableError("NO_RESOURCE", f"{arn} is not there: {error}") from error

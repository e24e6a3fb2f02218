"""Hooks: what takes the place of moto's own deliveries while a sandbox runs."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from moto.awslambda.models import LambdaBackend
from moto.events.models import Rule
from moto.sns.models import Subscription

from sandbox import mail
from sandbox.asynchronous import Asynchronous
from sandbox.bus import Bus, asks
from sandbox.functions import Functions
from sandbox.mail import Mailbox

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_publish = Subscription.publish


def rule(bus: Bus) -> Callable[..., None]:
    """For events that come by the API PutEvents, which moto matches loosely."""

    def send_to_targets(self: Rule, original_event: Mapping[str, Any], _: bool = True) -> None:
        event = {name: value for name, value in original_event.items() if name != "ingestion-time"}
        event["time"] = datetime.fromtimestamp(float(event["time"]), UTC).strftime(_TIME)
        if asks(self, event):
            bus.send(self, event)

    return send_to_targets


def subscription(mailbox: Mailbox, asynchronous: Asynchronous) -> Callable[..., None]:
    """For messages that a topic brings to its subscribers: moto sends no mail and runs no code."""

    def publish(self: Subscription, message: str, message_id: str, **more: Any) -> None:
        if self.protocol not in {*mail.PROTOCOLS, "lambda"}:
            _publish(self, message, message_id, **more)
            return
        wanted = self._filter_policy_matcher
        if wanted is not None and not wanted.matches(more.get("message_attributes"), message):
            return
        if more.get("message_structure") == "json":
            message = self._parse_message_structure(message, self.protocol)
        if self.protocol == "lambda":
            event = {"Records": [_sns_record(self, message, message_id, more.get("subject"))]}
            asynchronous.invoke(self.endpoint, json.dumps(event).encode())
        else:
            mailbox.deliver(self, message, more.get("subject"))

    return publish


def _sns_record(
    held: Subscription, message: str, message_id: str, subject: str | None
) -> dict[str, Any]:
    """https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html."""
    return {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": held.arn,
        "Sns": {
            "Type": "Notification",
            "MessageId": message_id,
            "TopicArn": held.topic.arn,
            "Subject": subject,
            "Message": message,
            "Timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "MessageAttributes": {},
        },
    }


def invoke(functions: Functions, asynchronous: Asynchronous) -> Callable[..., bytes]:
    """For the API Invoke, which moto answers without the function's code."""

    def invoked(
        self: LambdaBackend,
        function_name: str,
        qualifier: str | None,
        body: Any,
        headers: Mapping[str, str],
        response_headers: dict[str, str],
    ) -> bytes:
        arn = self.get_function(function_name, qualifier).function_arn
        payload = (body.encode() if isinstance(body, str) else body) or b"{}"
        kind = headers.get("X-Amz-Invocation-Type", "RequestResponse")
        if kind == "Event":
            asynchronous.invoke(arn, payload)
            return b""
        if kind == "DryRun":
            return b""
        outcome = functions.submit(arn, payload).result()
        if outcome.error is not None:
            response_headers["x-amz-function-error"] = "Unhandled"
        response_headers["Content-Length"] = str(len(outcome.payload))
        return outcome.payload

    return invoked

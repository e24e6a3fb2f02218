"""Asynchronous invocation: events that Lambda queues, retries, and at last gives up.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

import json
import time
import uuid
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox import deployed
from sandbox.deployed import Deployed
from sandbox.flight import Flight
from sandbox.front import Front
from sandbox.functions import Functions, ThrottledError
from sandbox.later import Later
from sandbox.runtime_api import Outcome
from sandbox.timing import Timing

_MAXIMUM_AGE = 21600
_RETRIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """One queued event, over all its attempts; ``since`` is monotonic."""

    function: Deployed
    payload: bytes
    request_id: str
    since: float
    maximum_age: float
    retries: int


class Asynchronous:
    """Invokes functions without waiting for them; what cannot be told to anyone is `lost`."""

    def __init__(
        self, front: Front, functions: Functions, flight: Flight, timing: Timing, later: Later
    ) -> None:
        self.lost: list[str] = []
        self._front = front
        self._functions = functions
        self._flight = flight
        self._timing = timing
        self._later = later

    def invoke(self, name_or_arn: str, payload: bytes) -> str:
        """Queue an event for a function, and return the request's id.

        Raises:
            moto.awslambda.exceptions.UnknownFunctionException: there is no such function.
        """
        region = name_or_arn.split(":")[3] if ":" in name_or_arn else self._front.region
        function = deployed.read(self._front.account, region, name_or_arn)
        config = deployed.invoke_config(self._front.account, function)
        event = _Event(
            function=function,
            payload=payload,
            request_id=str(uuid.uuid4()),
            since=time.monotonic(),
            maximum_age=config.get("MaximumEventAgeInSeconds", _MAXIMUM_AGE),
            retries=config.get("MaximumRetryAttempts", _RETRIES),
        )
        self._attempt(event, 1)
        return event.request_id

    def _attempt(self, event: _Event, attempt: int) -> None:
        name = f"{event.function.name} asynchronously"
        self._flight.begin(name)

        def done(future: Future[Outcome]) -> None:
            try:
                self._ended(event, attempt, future.result())
            except Exception as error:  # noqa: BLE001  # an executor would swallow it
                self.lost.append(f"{event.function.name} {event.request_id}: {error!r}")
            finally:
                self._flight.end(name)

        try:
            begun = self._functions.submit(
                event.function.arn, event.payload, request_id=event.request_id
            )
        except ThrottledError as error:
            self._give_up(event, 0, "ZeroReservedConcurrency", Outcome(b"null", str(error)))
            self._flight.end(name)
        except Exception as error:  # noqa: BLE001  # gone since the event was queued
            self.lost.append(f"{event.function.name} {event.request_id}: {error!r}")
            self._flight.end(name)
        else:
            begun.add_done_callback(done)

    def _ended(self, event: _Event, attempt: int, outcome: Outcome) -> None:
        if outcome.error is None:
            self._tell(event, attempt, "Success", outcome)
        elif attempt > event.retries:
            self._give_up(event, attempt, "RetriesExhausted", outcome)
        else:
            self._retry(event, attempt, outcome)

    def _retry(self, event: _Event, attempt: int, outcome: Outcome) -> None:
        delay = self._timing.retry_delays[min(attempt, _RETRIES) - 1]
        if time.monotonic() - event.since + delay > event.maximum_age:
            self._give_up(event, attempt, "EventAgeExceeded", outcome)
            return
        name = f"retry of {event.function.name} in {delay:g} s"
        self._flight.begin(name)

        def again() -> None:
            self._attempt(event, attempt + 1)
            self._flight.end(name)

        self._later.after(delay, again)

    def _give_up(self, event: _Event, attempts: int, condition: str, outcome: Outcome) -> None:
        told = self._tell(event, attempts, condition, outcome)
        target = deployed.dead_letter_target(self._front.account, event.function)
        if target is not None:
            self._send(event, target, event.payload.decode(), _attributes(event, outcome))
        if target is None and not told:
            self.lost.append(f"{event.function.name} {event.request_id}: {condition}")

    def _tell(self, event: _Event, attempts: int, condition: str, outcome: Outcome) -> bool:
        """Send the record of an ended event to its destination; False if it has none."""
        kind = "OnSuccess" if condition == "Success" else "OnFailure"
        config = deployed.invoke_config(self._front.account, event.function)
        target = config.get("DestinationConfig", {}).get(kind, {}).get("Destination")
        if target is None:
            return False
        self._send(event, target, json.dumps(_record(event, attempts, condition, outcome)), {})
        return True

    def _send(self, event: _Event, target: str, body: str, attributes: dict[str, Any]) -> None:
        """Send it, and keep what cannot be sent."""
        try:
            self._send_as_role(event.function, target, body, attributes)
        except Exception as error:  # noqa: BLE001  # whatever it is, the record is lost
            self.lost.append(f"{event.function.name} {event.request_id} to {target}: {error}")

    def _send_as_role(
        self, function: Deployed, target: str, body: str, attributes: dict[str, Any]
    ) -> None:
        """Lambda sends as the function's own role."""
        credentials = self._front.credentials_for_role(function.role, function.name)
        _, _, service, region, _, name = target.split(":", 5)
        client = self._front.client(service, region=region, credentials=credentials)
        if service == "sqs":
            url = f"{self._front.endpoint_url}/{self._front.account}/{name}"
            client.send_message(QueueUrl=url, MessageBody=body, MessageAttributes=attributes)
        elif service == "sns":
            client.publish(TopicArn=target, Message=body, MessageAttributes=attributes)
        elif service == "lambda":
            client.invoke(FunctionName=target, InvocationType="Event", Payload=body.encode())
        else:
            raise NotImplementedError(f"the sandbox has no destinations of {service}")


def _attributes(event: _Event, outcome: Outcome) -> dict[str, Any]:
    texts = {
        "RequestID": event.request_id,
        "ErrorCode": "200",
        "ErrorMessage": outcome.payload.decode(errors="replace")[:1024],
    }
    return {name: {"DataType": "String", "StringValue": text} for name, text in texts.items()}


def _record(event: _Event, attempts: int, condition: str, outcome: Outcome) -> dict[str, Any]:
    """https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html."""
    failed = {} if outcome.error is None else {"functionError": "Unhandled"}
    return {
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "requestContext": {
            "requestId": event.request_id,
            "functionArn": f"{event.function.arn}:$LATEST",
            "condition": condition,
            "approximateInvokeCount": attempts,
        },
        "requestPayload": json.loads(event.payload),
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", **failed},
        "responsePayload": json.loads(outcome.payload or b"null"),
    }

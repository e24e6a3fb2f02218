"""Elsewhere: events for the bus of another account, and those that come from one.

There is one account at a time: what one sandbox has sent, the next one, of the other account, can
be given.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
"""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moto.events.models import EventsBackend

_put_events = EventsBackend.put_events


@dataclass(frozen=True, slots=True)
class Sent:
    """An event, and the ARN of the bus that it is for."""

    bus: str
    event: Mapping[str, Any]


def sending(sent: list[Sent]) -> Callable[..., list[dict[str, Any]]]:
    """For the API PutEvents, which moto keeps within the account."""

    def put_events(self: EventsBackend, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = []
        for event in events:
            if _foreign(event.get("EventBusName", ""), self.account_id):
                sent.append(Sent(event["EventBusName"], _envelope(self, event)))
                answers.append({"EventId": sent[-1].event["id"]})
            else:
                answers += _put_events(self, [event])
        return answers

    return put_events


def _foreign(bus: str, account: str) -> bool:
    return bus.startswith("arn:") and bus.split(":")[4] != account


def _envelope(backend: EventsBackend, event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": event["DetailType"],
        "source": event["Source"],
        "account": backend.account_id,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": backend.region_name,
        "resources": list(event.get("Resources", [])),
        "detail": json.loads(event["Detail"]),
    }

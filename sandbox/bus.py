"""The bus: events, matched against the deployed rules and brought to their targets.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-what-is.html
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.events.models import Rule, events_backends

from sandbox.delivery import Delivery, Message, UndeliverableError
from sandbox.forwarding import Forwarding, is_bus
from sandbox.pattern import matches
from sandbox.pattern_check import check
from sandbox.target_input import shaped

_SERVICE = "events.amazonaws.com"
_EVERYTHING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
_READ = re.compile(r"(Get|List|Describe)[A-Z]")

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An event that a rule wanted and no target or dead-letter queue took."""

    rule: str
    target: str
    why: str


class Bus:
    """The default event bus of every region of the account."""

    def __init__(self, account: str, delivery: Delivery, forwarding: Forwarding) -> None:
        self.undelivered: list[Undelivered] = []
        self._account = account
        self._delivery = delivery
        self._forwarding = forwarding

    def put(self, event: Event) -> tuple[str, ...]:
        """Bring an event to the rules of its region that ask for it, and return their names.

        Raises:
            PatternError: the pattern of a rule is not valid.
        """
        asking = self._asking(event.get("region", ""), event)
        for rule in asking:
            self.send(rule, event)
        return tuple(rule.name for rule in asking)

    def send(self, rule: Rule, event: Event) -> None:
        """Bring an event to all targets of a rule."""
        for target in list(rule.targets):
            self._send(rule, target, event)

    def _asking(self, region: str, event: Event) -> list[Rule]:
        return [rule for rule in self._rules(region) if asks(rule, event)]

    def _forward(self, rule: Rule, target: Mapping[str, Any], event: Event) -> None:
        """Bring an event as it is to another region's rules; from there it goes to no third bus.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
        """
        role = target.get("RoleArn")
        region = self._forwarding.require(target["Arn"], role=role, rule=rule.arn)
        for there in self._asking(region, event):
            for onward in list(there.targets):
                if not is_bus(onward["Arn"]):
                    self._send(there, onward, event)

    def _rules(self, region: str) -> list[Rule]:
        backends = events_backends[self._account]
        if region not in backends:
            return []
        return list(backends[region].event_buses["default"].rules.values())

    def _send(self, rule: Rule, target: Mapping[str, Any], event: Event) -> None:
        try:
            if is_bus(target["Arn"]):
                self._forward(rule, target, event)
            else:
                self._delivery.deliver(target["Arn"], _message(rule, shaped(target, event)))
        except UndeliverableError as error:
            self._bury(rule, target, event, error)

    def _bury(
        self, rule: Rule, target: Mapping[str, Any], event: Event, error: UndeliverableError
    ) -> None:
        """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html."""
        queue = target.get("DeadLetterConfig", {}).get("Arn")
        attributes = {
            "ERROR_CODE": error.code,
            "ERROR_MESSAGE": str(error),
            "RULE_ARN": rule.arn,
            "TARGET_ARN": target["Arn"],
        }
        try:
            if queue is None:
                raise error
            self._delivery.deliver(queue, _message(rule, json.dumps(event), attributes))
        except UndeliverableError as last:
            self.undelivered.append(Undelivered(rule.name, target["Arn"], str(last)))


def _message(rule: Rule, body: str, attributes: Mapping[str, str] | None = None) -> Message:
    return Message(body=body, service=_SERVICE, source=rule.arn, attributes=attributes or {})


def asks(rule: Rule, event: Event) -> bool:
    """Whether a rule is enabled for events of this kind and its pattern matches."""
    if rule.state == "DISABLED" or (rule.state != _EVERYTHING and _is_read(event)):
        return False
    text = rule.event_pattern.dump()
    if not text:
        return False  # a schedule
    asked = json.loads(text)
    check(asked, rule.name)
    return matches(asked, event)


def _is_read(event: Event) -> bool:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html."""
    detail = event.get("detail")
    if not isinstance(detail, Mapping) or "via CloudTrail" not in str(event.get("detail-type")):
        return False
    marked = detail.get("readOnly")
    if marked is not None:
        return str(marked).lower() == "true"
    return _READ.match(str(detail.get("eventName"))) is not None

"""Crowds: many mails about one trusted actor's changes, as a deployment makes them, told as one.

The first ten within ten minutes go out at once; what comes beyond them is gathered, whatever its
severity, and told together ten minutes after the first of these. What a deployment of Snapback
itself changes of it is gathered from the first change on.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Protocol

from lambdas.model.gathered import Gathered
from lambdas.model.incident import Alert, Incident
from lambdas.model.subject import PARTS, WATCHFUL, Kind
from lambdas.service.claims import claimed
from lambdas.service.crowd_mail import Line, crowd_mail, deployment_mail, line
from lambdas.service.ports import (
    AlertNotSentError,
    Alerts,
    Clock,
    HeldError,
    Records,
    UnreadableItemError,
)
from lambdas.settings import Settings

MOST = 10
"""Mails about one actor's changes that go out at once, within the time below."""
WITHIN = timedelta(minutes=10)


DEPLOYMENT = "deployment of Snapback"
"""What stands in an actor's place where a crowd is a deployment."""


class Gathering(Protocol):
    """What gathering needs, of whatever judges."""

    @property
    def records(self) -> Records:
        """Where it is noted who was mailed about."""

    @property
    def clock(self) -> Clock:
        """Time."""

    @property
    def settings(self) -> Settings:
        """With the trusted actors."""


def gathered(incident: Incident, of: Gathering) -> Incident:
    """The incident, its alert put off where it is one of many that are told together."""
    if incident.alert is not Alert.OWED:
        return incident
    if deploys(incident, of.settings) or _is_of_many(incident, of):
        return replace(incident, alert=Alert.GATHERED)
    return incident


def crowd_of(incident: Incident, settings: Settings) -> str:
    """What an incident's crowd goes by: its actor, or Snapback's own deployment."""
    return DEPLOYMENT if deploys(incident, settings) else str(incident.change.actor.arn)


def deploys(incident: Incident, settings: Settings) -> bool:
    """Whether a change is a step of Snapback's own deployment; its end is told by itself."""
    change = incident.change
    return (
        change.own
        and change.subject is not None
        and change.subject.kind in _DEPLOYED
        and change.call not in _ENDS
        and settings.deploys(change.actor.arn, change.account)
    )


_DEPLOYED = (PARTS - WATCHFUL) | {Kind.ROLE, Kind.POLICY}
_ENDS = frozenset({"cloudformation:DeleteStack", "cloudformation:UpdateTerminationProtection"})


def _is_of_many(incident: Incident, of: Gathering) -> bool:
    actor = incident.change.actor.arn
    if actor is None or not of.settings.trusts(actor):
        return False
    return of.records.others(actor, incident.id, of.clock.now() - WITHIN) >= MOST


def send_crowds(records: Records, alerts: Alerts, clock: Clock) -> int:
    """Send a mail for each actor whose gathered incidents are due; how many incidents it told of.

    They stay gathered until the mail is out: a crash may repeat one and never loses it.

    Raises:
        AlertNotSentError: some could not be handed over; the others are out.
    """
    told, failures = 0, []
    for crowd in _due(records.gathered(), clock):
        try:
            told += _sent_once(crowd, records, alerts, clock)
        except AlertNotSentError as failure:
            failures.append(failure)
    if failures:
        raise failures[0]
    return told


def _due(gathered: Iterable[Gathered], clock: Clock) -> list[list[Gathered]]:
    """Those of each actor of whom the first has waited long enough, in order of time."""
    crowds: dict[str, list[Gathered]] = {}
    for each in sorted(gathered, key=lambda each: each.at):
        crowds.setdefault(each.actor, []).append(each)
    return [crowd for crowd in crowds.values() if clock.now() - crowd[0].at >= WITHIN]


def _sent_once(crowd: list[Gathered], records: Records, alerts: Alerts, clock: Clock) -> int:
    """Send the mail, unless another run does."""
    try:
        with claimed(f"crowd#{crowd[0].incident}", records, clock) as attempt:
            return 0 if attempt is None else _sent(crowd, records, alerts)
    except HeldError:
        return 0


def _sent(crowd: list[Gathered], records: Records, alerts: Alerts) -> int:
    lines = {each.incident: _line(each.incident, records) for each in crowd}
    found = [each for each in lines.values() if each is not None]
    lost = [each for each, its in lines.items() if its is None]
    mail = deployment_mail if crowd[0].actor == DEPLOYMENT else partial(crowd_mail, crowd[0].actor)
    alerts.send(mail(found, lost))
    records.scatter(lines)
    return len(lines)


def _line(incident_id: str, records: Records) -> Line | None:
    """What is told of an incident, which may be a large one and is not kept; None if it is lost."""
    try:
        incident = records.incident(incident_id)
    except UnreadableItemError:
        return None
    return line(incident) if incident else None

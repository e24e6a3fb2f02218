"""Grace: the time between an alert and its undo, in which people may accept the change."""

from dataclasses import replace
from datetime import timedelta
from math import ceil

from lambdas.model.incident import Incident
from lambdas.service.ports import Clock
from lambdas.settings import Settings


def with_grace(incident: Incident, settings: Settings, clock: Clock) -> Incident:
    """The incident with the moment of its undo, where people are given time before it."""
    seconds = settings.grace(incident.change.family)
    if not incident.undoes or not seconds:
        return incident
    return replace(incident, undo_at=clock.now() + timedelta(seconds=seconds))


def grace_left(incident: Incident, clock: Clock) -> int:
    """Whole seconds until an incident is to be undone; 0 for at once."""
    if incident.undo_at is None:
        return 0
    return max(0, ceil((incident.undo_at - clock.now()).total_seconds()))

"""Gravity: which mails go out first where there are too many for all of them."""

from datetime import timedelta

from lambdas.model.incident import DUE, Incident
from lambdas.model.severity import Severity
from lambdas.service.own_calls import MISUSED

SOON = timedelta(seconds=2)
"""How long an alert waits for its slot: the undo waits for its alert."""
FIRST = timedelta(seconds=5)
"""The same for what is critical and about Snapback itself: nobody else takes the later slots."""
FAULT = "watch"
"""The rule of a fault that the watch clock found."""
_ABOUT_ITSELF = frozenset({FAULT, MISUSED})
"""Rules that find what is wrong with Snapback itself, whatever was changed."""


def patience(incident: Incident) -> timedelta:
    """How long an incident's alert waits for its slot."""
    return FIRST if is_first(incident) else SOON


def is_first(incident: Incident) -> bool:
    """Whether an incident is critical and about Snapback itself, which tells of all else."""
    if incident.verdict.severity is not Severity.CRITICAL:
        return False
    rules = {finding.rule for finding in incident.verdict.findings}
    return incident.change.own or not rules.isdisjoint(_ABOUT_ITSELF)


def severity(incident: Incident) -> Severity:
    """How loud what is owed about an incident is: its alert, or how its undo ended."""
    outcome = incident.outcome
    if outcome is not None and not outcome.told and outcome.grave:
        return Severity.CRITICAL
    return incident.verdict.severity if incident.alert in DUE else Severity.LOW

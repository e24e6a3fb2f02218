"""Undoing: putting back what was there before, once, and only while the change is in force."""

from dataclasses import replace

from lambdas.model.family import Family
from lambdas.model.incident import LOOKS, Ending, Incident, Outcome
from lambdas.service.claims import claimed
from lambdas.service.containing import contained
from lambdas.service.mails import outcome_mail
from lambdas.service.ports import PutOffError
from lambdas.service.taking_back import undone
from lambdas.service.undoing import Undoing

LOOKED_AT = frozenset({Ending.RESTORED, Ending.CONTAINED, Ending.ALREADY_GONE})
"""Ends after which it is looked again."""


class UnknownIncidentError(LookupError):
    """The queue names an incident that no record holds: forged, or the table lost it."""


def undo(incident_id: str, of: Undoing) -> Incident | None:
    """Undo an incident's change and tell how it ended; None where that was done before.

    Raises:
        UnknownIncidentError: no such incident.
        CallFailedError: a call failed and may succeed on a later try.
        SubjectNotReadError: the same, of a read.
        AlertNotSentError: the outcome is recorded and the mail about it is still owed.
        HeldError: another run has the same incident and does not come to an end.
    """
    with claimed(f"undo#{incident_id}", of.records, of.clock) as attempt:
        if attempt is None:
            return None
        incident = recorded(incident_id, of)
        outcome = incident.outcome or undone(incident, of)
        of.records.save(incident.ended(outcome))
        of.records.settle(incident)
        outcome = _with_actor(incident, outcome, of)
        if outcome.ending in LOOKED_AT:
            for number, seconds in enumerate(LOOKS, 1):
                of.undos.request(incident_id, after=seconds, look=number)
        incident = told(incident, outcome, of)
        if outcome.ending is Ending.RESTORED and incident.change.family is Family.TRAIL:
            # While the trail was not itself, no event told of anything. Not before the mail is
            # out: a sweep sends what is still owed.
            of.sweeps.request()
        return incident


def _with_actor(incident: Incident, outcome: Outcome, of: Undoing) -> Outcome:
    """The outcome with what became of the actor, as it is recorded, too."""
    found = contained(incident, outcome, of)
    if found != outcome:
        of.records.save(incident.ended(found))
    return found


def recorded(incident_id: str, of: Undoing) -> Incident:
    """The incident that the queue names.

    Raises:
        UnknownIncidentError: there is none.
    """
    incident = of.records.incident(incident_id)
    if incident is None:
        raise UnknownIncidentError(f"no incident {incident_id!r} is recorded")
    return incident


def told(incident: Incident, outcome: Outcome, of: Undoing) -> Incident:
    """The incident with its outcome, once the mail about it is out, or put off.

    Raises:
        AlertNotSentError: it is not, and still owed.
    """
    if not outcome.told:
        try:
            of.alerts.send(outcome_mail(incident, outcome))
        except PutOffError:
            return incident.ended(outcome)
        of.records.told(incident.ended(outcome))
        outcome = replace(outcome, told=True)
    return incident.ended(outcome)

"""Undoing: putting back what was there before, once, and only while the change is in force."""

from dataclasses import replace
from functools import partial

from lambdas.model.change import Change, Lifecycle
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible
from lambdas.model.state import State, States, Unknown
from lambdas.model.subject import Subject
from lambdas.service.claims import claimed
from lambdas.service.following import followed
from lambdas.service.mails import outcome_mail
from lambdas.service.observe import read_until, start
from lambdas.service.past import before
from lambdas.service.restore import (
    SubjectNotReadError,
    Undoing,
    ended,
    gone,
    mended,
    restore,
    says_mended,
    success,
)


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
        incident = of.records.incident(incident_id)
        if incident is None:
            raise UnknownIncidentError(f"no incident {incident_id!r} is recorded")
        outcome = incident.outcome or _undone(incident, of)
        of.records.save(incident.ended(outcome))
        of.records.settle(incident)
        if not outcome.told:
            of.alerts.send(outcome_mail(incident, outcome))
            outcome = replace(outcome, told=True)
            of.records.save(incident.ended(outcome))
    return incident.ended(outcome)


def _undone(incident: Incident, of: Undoing) -> Outcome:
    change = incident.change
    reading = start(change, of.account)
    if incident.held is not None or reading is None or change.subject is None:
        says = f"the incident is not to be undone: {incident.held or 'its target is not known'}"
        return ended(of, Ending.ALERTED, says)
    now = followed(change, reading.states(), of.account, partial(_known_id, incident, of))
    if now != change:
        return _undone(replace(incident, change=now, affected=_affected(incident, now)), of)
    former = before(change, reading, of.records)
    states = read_until(change, reading, of.account, of.clock, settled=change.shown_in)
    if change.subject in states.absent and change.lifecycle is not Lifecycle.DELETED:
        return gone(change, _calls(incident), incident.unique_id, of)
    live = states.of(change.subject)
    if live is not None and incident.unique_id not in (None, live.unique_id):
        return ended(of, Ending.OVERTAKEN, f"{change.subject} is not the one that was changed")
    return _in_force(incident, former, states, of)


def _known_id(incident: Incident, of: Undoing, subject: Subject) -> str | None:
    if subject == incident.change.subject:
        return incident.unique_id
    return of.records.id_of(subject)


def _affected(incident: Incident, now: Change) -> tuple[Subject, ...]:
    """Those whom the change affects, the renamed one by its name of now."""
    former, subject = incident.change.subject, now.subject
    return tuple(subject if subject and each == former else each for each in incident.affected)


def _in_force(
    incident: Incident, former: State | Unknown | None, states: States, of: Undoing
) -> Outcome:
    """Restore what is still as the change left it; say what it is instead where it is not."""
    change = incident.change
    if _is_unread(change, former, states):
        return _unread(incident, states, of)
    if isinstance(former, Unknown):
        if not change.fresh:
            says = f"{change.subject} is not the one that was changed, or its history is gone"
            return ended(of, Ending.OVERTAKEN, f"{says}: {former.reason}")
        former = _without_edits(change, states)
    if not change.shown_in(states):
        return _no_longer(incident, former, states, of)
    return restore(incident, former, states, of)


def _is_unread(change: Change, former: State | Unknown | None, states: States) -> bool:
    """Whether too little was read to compare: of what was deleted, all that it held."""
    live = states.of(change.subject) if change.subject else None
    if live is None:
        return change.subject not in states.absent
    if change.lifecycle is Lifecycle.DELETED and isinstance(former, State):
        return not former.parts.keys() <= live.parts.keys()
    return change.unread_in(live)


def _without_edits(change: Change, states: States) -> State | None:
    """What was there before a change that only adds what cannot have been there."""
    return change.taken_back_in(states, None).of(change.subject) if change.subject else None


def _unread(incident: Incident, states: States, of: Undoing) -> Outcome:
    """A failed read says nothing about the change: look again, and on the last try say so."""
    reasons = "; ".join(problem.says for problem in states.problems)
    says = f"{incident.change.subject} could not be read: {reasons}"
    if not of.last_try:
        raise SubjectNotReadError(says)
    return ended(of, Ending.FAILED, says, _calls(incident))


def _no_longer(incident: Incident, former: State | None, states: States, of: Undoing) -> Outcome:
    """An earlier try may have made the calls, or some of those that make a subject again."""
    change = incident.change
    ours = any(
        of.records.planned(call_fingerprint(call)) == incident.id for call in _calls(incident)
    )
    if mended(change, former, states):
        return ended(of, success(change) if ours else Ending.ALREADY_GONE, says_mended(change))
    if ours and change.lifecycle is Lifecycle.DELETED:
        return restore(incident, former, states, of)
    return ended(of, Ending.OVERTAKEN, f"{change.subject} was changed again since")


def _calls(incident: Incident) -> tuple[Call, ...]:
    return () if isinstance(incident.revert, Irreversible) else incident.revert

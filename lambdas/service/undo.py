"""Undoing: putting back what was there before, once, and only while the change is in force."""

from dataclasses import dataclass, replace
from functools import partial

from lambdas.model.case import Case
from lambdas.model.change import Change
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible
from lambdas.model.state import State, States, Unknown
from lambdas.rules.judging import judge
from lambdas.service import respond
from lambdas.service.claims import claimed
from lambdas.service.mails import outcome_mail
from lambdas.service.observe import read_until, start
from lambdas.service.ports import (
    Account,
    Alerts,
    CallFailedError,
    Clock,
    Records,
    Reverts,
)
from lambdas.settings import Settings


class UnknownIncidentError(LookupError):
    """The queue names an incident that no record holds: forged, or the table lost it."""


class SubjectNotReadError(Exception):
    """Whether the change is still in force could not be read; a later try may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """The ports and settings that undoing needs; ``last_try`` when no retry will follow."""

    account: Account
    records: Records
    alerts: Alerts
    reverts: Reverts
    clock: Clock
    settings: Settings
    last_try: bool


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
        return _outcome(of, Ending.ALERTED, says)
    former = of.records.before(reading.unique_id(change.subject), change.at)
    states = read_until(change, reading, of.account, of.clock, settled=change.shown_by)
    live = states.of(change.subject)
    if change.subject in states.absent:
        return _outcome(of, Ending.ALREADY_GONE, f"{change.subject} does not exist any more")
    if live is None or change.unread_in(live):
        return _unread(incident, states, of)
    if isinstance(former, Unknown):
        says = f"{change.subject} is not the one that was changed, or its history is gone"
        return _outcome(of, Ending.OVERTAKEN, f"{says}: {former.reason}")
    if not change.shown_by(live):
        return _no_longer(incident, former, live, of)
    return _reverted(incident, former, states, of)


def _unread(incident: Incident, states: States, of: Undoing) -> Outcome:
    """A failed read says nothing about the change: look again, and on the last try say so."""
    reasons = "; ".join(problem.says for problem in states.problems)
    says = f"{incident.change.subject} could not be read: {reasons}"
    if not of.last_try:
        raise SubjectNotReadError(says)
    return _outcome(of, Ending.FAILED, says, _calls(incident))


def _no_longer(incident: Incident, former: State, live: State, of: Undoing) -> Outcome:
    if not _as_before(incident.change, former, live):
        return _outcome(of, Ending.OVERTAKEN, f"{live.subject} was changed again since")
    ours = any(
        of.records.planned(call_fingerprint(call)) == incident.id for call in _calls(incident)
    )
    ending = Ending.RESTORED if ours else Ending.ALREADY_GONE
    return _outcome(of, ending, f"{live.subject} is as it was before the change")


def _calls(incident: Incident) -> tuple[Call, ...]:
    return () if isinstance(incident.revert, Irreversible) else incident.revert


def _reverted(incident: Incident, former: State, states: States, of: Undoing) -> Outcome:
    """Plan again, from what is there now and what the settings say now: a queue decides nothing."""
    change = incident.change
    plan = respond.revert(change, states.having(former), states)
    situation = respond.Situation(
        change=change,
        verdict=incident.verdict,
        before=states.having(former),
        after=states,
        revert=plan,
        settings=of.settings,
    )
    refusal = respond.held(situation)
    if refusal is not None or isinstance(plan, Irreversible):
        return _outcome(of, Ending.ALERTED, f"not undone: {refusal}")
    gain = _gain(incident, former, states, of)
    if gain is not None:
        return _outcome(
            of, Ending.FAILED, f"refused, because the undo itself would mean: {gain}", plan
        )
    of.records.plan(incident.id, map(call_fingerprint, plan))
    failure = _make(plan, of)
    if failure is not None:
        return _outcome(of, Ending.FAILED, str(failure), plan)
    return _verified(change, former, plan, of)


def _make(plan: tuple[Call, ...], of: Undoing) -> CallFailedError | None:
    """Make the calls in order; the failure that no retry mends, if there is one."""
    for call in plan:
        try:
            of.reverts.make(call)
        except CallFailedError as failure:
            if failure.gone:
                continue
            if failure.transient and not of.last_try:
                raise
            return failure
    return None


def _verified(change: Change, former: State, plan: tuple[Call, ...], of: Undoing) -> Outcome:
    """Read back what the calls did: success is what the account shows, not what a call answered."""
    reading = of.account.reading((former.subject,))
    restored = partial(_as_before, change, former)
    states = read_until(change, reading, of.account, of.clock, settled=restored)
    live = states.of(former.subject)
    if former.subject in states.absent:
        return _outcome(of, Ending.ALREADY_GONE, f"{former.subject} does not exist any more")
    if live is None or not restored(live):
        says = f"the calls were accepted, but {former.subject} does not show what was there before"
        return _outcome(of, Ending.FAILED, says, plan)
    of.records.remember((live,))
    return _outcome(of, Ending.RESTORED, f"{live.subject} is as it was before the change")


def _gain(incident: Incident, former: State, states: States, of: Undoing) -> str | None:
    """What the undo would give that the live state lacks: a forged record must not be a grant."""
    change = incident.change
    planned = states.known[former.subject]
    for edit in change.edits:
        planned = planned.edited(edit.part, edit.key, former.value(edit.part, edit.key))
    missing = [subject for subject in planned.draws_on() if states.of(subject) is None]
    world = states.joined(of.account.reading(missing).states()) if missing else states
    case = Case(
        change=change,
        before=world,
        after=world.having(planned),
        affected=incident.affected,
        settings=of.settings,
    )
    gains = (finding.says for finding in judge(case).findings if respond.calls_for_undo(finding))
    return next(gains, None)


def _as_before(change: Change, former: State, live: State) -> bool:
    return not change.unread_in(live) and all(
        live.value(edit.part, edit.key) == former.value(edit.part, edit.key)
        for edit in change.edits
    )


def _outcome(of: Undoing, ending: Ending, says: str, plan: tuple[Call, ...] = ()) -> Outcome:
    commands = tuple(call.command() for call in plan) if ending is Ending.FAILED else ()
    return Outcome(ending=ending, says=says, at=of.clock.now(), commands=commands)

"""Undoing: putting back what was there before, once, and only while the change is in force."""

from dataclasses import dataclass, replace

from lambdas.calls import CATALOG
from lambdas.model.case import Case
from lambdas.model.change import Change
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible
from lambdas.model.state import State, States, Unknown
from lambdas.rules.judging import judge
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
from lambdas.service.respond import calls_for_undo
from lambdas.settings import Settings


class UnknownIncidentError(LookupError):
    """The queue names an incident that no record holds: forged, or the table lost it."""


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
            of.records.save(incident.ended(replace(outcome, told=True)))
    return incident.ended(outcome)


def _undone(incident: Incident, of: Undoing) -> Outcome:
    change = incident.change
    refusal = _refusal(incident, of.settings)
    reading = start(change, of.account)
    if refusal or reading is None or change.subject is None:
        return _outcome(of, Ending.ALERTED, refusal or "the target is not known")
    former = of.records.before(reading.unique_id(change.subject), change.at)
    states = read_until(change, reading, of.account, of.clock, shown=True)
    live = states.of(change.subject)
    if live is None:
        return _outcome(of, Ending.ALREADY_GONE, f"{change.subject} does not exist any more")
    if isinstance(former, Unknown):
        says = f"{change.subject} is not the one that was changed, or its history is gone"
        return _outcome(of, Ending.OVERTAKEN, f"{says}: {former.reason}")
    if not change.shown_by(live):
        return _no_longer(change, former, live, of)
    return _reverted(incident, former, states, of)


def _refusal(incident: Incident, settings: Settings) -> str | None:
    """Why an undo that was asked for is not made: what is queued decides nothing by itself."""
    family = incident.change.family
    if incident.held is not None:
        return f"the incident is not to be undone: {incident.held}"
    if family is None or not settings.reverts(family):
        return f"the response to {family} is not set to revert"
    return None


def _no_longer(change: Change, former: State, live: State, of: Undoing) -> Outcome:
    if _as_before(change, former, live):
        return _outcome(of, Ending.ALREADY_GONE, f"{live.subject} is as it was before the change")
    return _outcome(of, Ending.OVERTAKEN, f"{live.subject} was changed again since")


def _reverted(incident: Incident, former: State, states: States, of: Undoing) -> Outcome:
    change = incident.change
    live = states.known[former.subject]
    plan = CATALOG[change.source, change.name].revert(change, former, live)
    if isinstance(plan, Irreversible):
        return _outcome(of, Ending.ALERTED, plan.reason)
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
    reading = start(change, of.account)
    if reading is None:
        return _outcome(of, Ending.FAILED, "the target cannot be read back", plan)
    live = read_until(change, reading, of.account, of.clock, shown=False).of(former.subject)
    if live is None:
        return _outcome(of, Ending.ALREADY_GONE, f"{former.subject} does not exist any more")
    of.records.remember((live,))
    if _as_before(change, former, live):
        return _outcome(of, Ending.RESTORED, f"{live.subject} is as it was before the change")
    says = f"the calls were accepted, but {live.subject} does not show what was there before"
    return _outcome(of, Ending.FAILED, says, plan)


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
    gains = (finding.says for finding in judge(case).findings if calls_for_undo(finding))
    return next(gains, None)


def _as_before(change: Change, former: State, live: State) -> bool:
    return all(
        live.value(edit.part, edit.key) == former.value(edit.part, edit.key)
        for edit in change.edits
    )


def _outcome(of: Undoing, ending: Ending, says: str, plan: tuple[Call, ...] = ()) -> Outcome:
    commands = tuple(call.command() for call in plan) if ending is Ending.FAILED else ()
    return Outcome(ending=ending, says=says, at=of.clock.now(), commands=commands)

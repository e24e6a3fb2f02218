"""Evaluating: from a change to its incident, told and recorded, with its undo asked for."""

from dataclasses import dataclass, replace

from lambdas.model.canary import Canary
from lambdas.model.case import Case
from lambdas.model.change import Change, Lifecycle
from lambdas.model.delta import Delta
from lambdas.model.incident import Alert, Incident, incident_id
from lambdas.model.state import State, States, Unknown
from lambdas.model.subject import BY_ARN, PRINCIPALS, Subject
from lambdas.model.suspicion import Suspicion
from lambdas.model.verdict import Verdict
from lambdas.rules.judging import judge
from lambdas.service import respond
from lambdas.service.attribution import attributed
from lambdas.service.canary import carried
from lambdas.service.claims import claimed
from lambdas.service.containment import announced
from lambdas.service.crowds import crowd_of, gathered
from lambdas.service.decided import agreed, forget_deleted, hold_or_forget, settled
from lambdas.service.deltas import deltas
from lambdas.service.grace import grace_left, with_grace
from lambdas.service.hidden import look_again
from lambdas.service.hurry import TO_ATTRIBUTE, TO_COMPARE, TO_JUDGE, may_be_grave, within
from lambdas.service.leaving import left
from lambdas.service.limits import limited
from lambdas.service.mails import alert_mail
from lambdas.service.observe import Observed, observe, start
from lambdas.service.own_calls import is_own, misused, own_call, planned_by
from lambdas.service.past import CONSISTENT, remember
from lambdas.service.ports import (
    Account,
    AlertNotSentError,
    Alerts,
    Clock,
    Decided,
    PutOffError,
    Reading,
    Records,
    Sweeps,
    Undos,
)
from lambdas.settings import Settings

_NOT_READ = "what was changed is not known, or nothing that can be read shows it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The ports and settings that evaluating needs."""

    account: Account
    records: Records
    decisions: Decided
    alerts: Alerts
    undos: Undos
    sweeps: Sweeps
    clock: Clock
    settings: Settings
    own_role: str | None
    """ARN of the undoing function's role; None where nothing is undone."""
    canary: Canary | None = None


def evaluate(change: Change, of: Evaluation) -> Incident | None:
    """Judge a change, tell people, ask for the undo; None for an event that was handled before.

    Raises:
        AlertNotSentError: the undo is asked for, and the alert is still owed: try again.
        HeldError: another run has the same event and does not come to an end.
    """
    reading = start(change, of.account) if change.family else None
    with claimed(f"change#{change.event_id}", of.records, of.clock) as attempt:
        if attempt is None:
            return None
        known = incident_id(change.event_id, change.at)
        incident = of.records.incident(known) if attempt > 1 else None
        incident, seen = (incident, ()) if incident else _judged(change, reading, of)
        incident = _told(incident, of)
        of.records.save(replace(incident, outcome=None))
        if (flown := carried(change, of.canary)) is not None:
            of.records.hear(flown)
        if incident.alert is Alert.GATHERED:
            of.records.gather(incident.id, crowd_of(incident, of.settings))
        if incident.undoes and incident.outcome is None:
            of.records.pend(incident)
            of.undos.request(incident.id, after=grace_left(incident, of.clock))
        if not incident.undoes:
            remember(seen, of.records)
            hold_or_forget(seen[-1] if seen else None, of.decisions)
            forget_deleted(incident, of.decisions)
        if change.family is None and incident.planned_by is None:
            _refresh(change, of)
        if change.hidden and incident.planned_by is None:
            look_again(incident, of.records, of.sweeps, of.clock)
        if incident.alert is Alert.OWED:
            raise AlertNotSentError(f"the alert of incident {incident.id} is still owed")
    return incident


def _refresh(change: Change, of: Evaluation) -> None:
    """Read what a call that is not judged changed, once IAM shows it everywhere.

    A state that is to be undone is not remembered, nor one that may be stale: the next change would
    look as if it had been there before. Nobody has judged what it did, so it is suspected: the next
    sweep judges it, with whatever else no event explains.
    """
    if change.subject is None:
        return
    of.clock.sleep(max(0.0, (change.at + CONSISTENT - of.clock.now()).total_seconds()))
    live = of.account.reading((change.subject,)).states().of(change.subject)
    if live is not None:
        former = of.records.differing((live,)).values()
        states = [each for each in former if isinstance(each, State)]
        of.records.suspect({s.unique_id: Suspicion(of.clock.now(), s.as_of) for s in states})
        remember((live,), of.records)


def _judged(
    change: Change, reading: Reading | None, of: Evaluation
) -> tuple[Incident, tuple[State, ...]]:
    """The incident, and the states of the subject that the change left, as far as known."""
    own = planned_by(change, of.records) if is_own(change, of.own_role) else None
    if own is not None:
        return own_call(change, own), ()
    if reading is None:
        nowhere = Observed(change, Unknown(_NOT_READ), States({}), None)
        return _incident(nowhere, of), ()
    observed = observe(change, reading, of.account, of.records, of.clock)
    return _incident(observed, of), tuple(left(observed))


def _incident(observed: Observed, of: Evaluation) -> Incident:
    change = observed.change
    affected = _affected(change, observed.after)
    case = Case(
        change=change,
        before=observed.before,
        after=observed.after,
        affected=_judgeable(affected, observed.after) if change.family else (),
        settings=of.settings,
    )
    unique_id = _unique_id(observed, of)
    verdict = agreed(_verdict(case, of), unique_id, of.decisions)
    if is_own(change, of.own_role):
        # Last: whatever is agreed to about its subject, this is not.
        verdict = replace(verdict, findings=(misused(change), *verdict.findings))
    revert = respond.revert(change, observed.before, observed.after)
    situation = respond.Situation(
        change=change,
        verdict=verdict,
        before=observed.before,
        after=observed.after,
        revert=revert,
        settings=of.settings,
        attributed=_attributed(case, verdict, of),
    )
    incident = Incident(
        id=incident_id(change.event_id, change.at),
        change=change,
        verdict=verdict,
        affected=affected,
        revert=revert,
        held=respond.held(situation),
        alert=Alert.OWED if verdict.severity.mailed else Alert.NONE,
        unique_id=unique_id,
        contains=None if is_own(change, of.own_role) else announced(change, of.settings),
        deltas=_deltas(case, of) if verdict.severity.mailed else (),
    )
    decided = settled(incident, of.decisions)
    held_back = with_grace(limited(decided, of), of.settings, of.clock)
    return held_back if is_own(change, of.own_role) else gathered(held_back, of)


def _verdict(case: Case, of: Evaluation) -> Verdict:
    """What is found; of the canary nothing, which is what it is for."""
    if carried(case.change, of.canary) is not None:
        return Verdict()
    return judge(case, in_time=within(TO_JUDGE, of.clock))


def _attributed(case: Case, verdict: Verdict, of: Evaluation) -> bool:
    """Whether what was found comes from the change; of what calls for no undo nobody asks."""
    in_time = within(TO_ATTRIBUTE, of.clock)

    def grave(before: States, after: States) -> bool:
        return may_be_grave(replace(case, before=before, after=after), in_time)

    return not respond.grave(verdict) or attributed(case.change, case.before, case.after, grave)


def _deltas(case: Case, of: Evaluation) -> tuple[Delta, ...]:
    return deltas(case, in_time=within(TO_COMPARE, of.clock))


def _unique_id(observed: Observed, of: Evaluation) -> str | None:
    """The subject's, also where it is not to be found any more under the name that it had."""
    if observed.live is not None:
        return observed.live.unique_id
    subject = observed.change.subject
    if subject is None:
        return None
    return subject.name if subject.kind in BY_ARN else of.records.id_of(subject)


def _affected(change: Change, after: States) -> tuple[Subject, ...]:
    """The principals whose power a change can have moved: whoever is deleted has none.

    That of a service-linked role is its service's, and nobody else can use it.
    """
    live = after.of(change.subject) if change.subject else None
    if change.lifecycle is Lifecycle.DELETED or (live is not None and live.service_linked):
        return ()
    if change.subject is None or change.subject.kind in PRINCIPALS:
        return (change.subject,) if change.subject else ()
    return after.reached


def _judgeable(affected: tuple[Subject, ...], after: States) -> tuple[Subject, ...]:
    """Those who were read: that the others were not is a problem of its own."""
    return tuple(principal for principal in affected if after.of(principal) is not None)


def _told(incident: Incident, of: Evaluation) -> Incident:
    """The incident after the attempt to send its alert; a failure is no reason not to undo."""
    if incident.alert is not Alert.OWED:
        return incident
    try:
        of.alerts.send(alert_mail(incident))
    except PutOffError:
        return replace(incident, alert=Alert.PUT_OFF)
    except AlertNotSentError:
        return incident
    return replace(incident, alert=Alert.SENT, alerted=of.clock.now())

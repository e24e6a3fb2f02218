"""Restoring: a change that is still in force taken back, verified, and never made a grant."""

from dataclasses import dataclass
from functools import partial

from lambdas.model.case import Case
from lambdas.model.change import Change
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible
from lambdas.model.state import State, States
from lambdas.rules.judging import judge
from lambdas.service import respond
from lambdas.service.attribution import attributed, taken_back
from lambdas.service.observe import read_until
from lambdas.service.ports import Account, Alerts, CallFailedError, Clock, Records, Reverts
from lambdas.settings import Settings


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


def restore(incident: Incident, former: State, states: States, of: Undoing) -> Outcome:
    """Plan again, from what is there now and what the settings say now: a queue decides nothing."""
    change = incident.change
    plan = respond.revert(change, states.having(former), states)

    def grave(before: States, after: States) -> bool:
        return respond.grave(judge(_case(incident, before, after, of)))

    situation = respond.Situation(
        change=change,
        verdict=incident.verdict,
        before=states.having(former),
        after=states,
        revert=plan,
        settings=of.settings,
        attributed=attributed(change, _world(states.having(former), former, of), states, grave),
    )
    refusal = respond.held(situation)
    if refusal is not None or isinstance(plan, Irreversible):
        return ended(of, Ending.ALERTED, f"not undone: {refusal}")
    gain = _gain(incident, former, states, of)
    if gain is not None:
        return ended(
            of, Ending.FAILED, f"refused, because the undo itself would mean: {gain}", plan
        )
    of.records.plan(incident.id, map(call_fingerprint, plan))
    failure = _make(plan, of)
    if failure is not None:
        return ended(of, Ending.FAILED, str(failure), plan)
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
    restored = partial(as_before, change, former)
    states = read_until(change, reading, of.account, of.clock, settled=restored)
    live = states.of(former.subject)
    if former.subject in states.absent:
        return ended(of, Ending.ALREADY_GONE, f"{former.subject} does not exist any more")
    if live is None or not restored(live):
        says = f"the calls were accepted, but {former.subject} does not show what was there before"
        return ended(of, Ending.FAILED, says, plan)
    of.records.remember((live,))
    return ended(of, Ending.RESTORED, f"{live.subject} is as it was before the change")


def _gain(incident: Incident, former: State, states: States, of: Undoing) -> str | None:
    """What the undo would give that the live state lacks: a forged record must not be a grant."""
    planned = taken_back(incident.change, former, states.known[former.subject])
    world = _world(states, planned, of)
    case = _case(incident, world, world.having(planned), of)
    gains = (finding.says for finding in judge(case).findings if respond.calls_for_undo(finding))
    return next(gains, None)


def _world(states: States, needing: State, of: Undoing) -> States:
    """The states, with what one more state draws on."""
    missing = [subject for subject in needing.draws_on() if states.of(subject) is None]
    return states.joined(of.account.reading(missing).states()) if missing else states


def _case(incident: Incident, before: States, after: States, of: Undoing) -> Case:
    return Case(
        change=incident.change,
        before=before,
        after=after,
        affected=incident.affected,
        settings=of.settings,
    )


def as_before(change: Change, former: State, live: State) -> bool:
    """Whether everything that a change edited holds the former values, as far as it was read."""
    return not change.unread_in(live) and all(
        live.value(edit.part, edit.key) == former.value(edit.part, edit.key)
        for edit in change.edits
    )


def ended(of: Undoing, ending: Ending, says: str, plan: tuple[Call, ...] = ()) -> Outcome:
    """The outcome of this moment, with what to run by hand where the undo failed."""
    commands = tuple(call.command() for call in plan) if ending is Ending.FAILED else ()
    return Outcome(ending=ending, says=says, at=of.clock.now(), commands=commands)

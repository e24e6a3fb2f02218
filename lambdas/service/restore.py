"""Restoring: a change that is still in force taken back, verified, and never made a grant."""

from dataclasses import dataclass
from functools import partial

from lambdas.calls import CATALOG
from lambdas.model.case import Case
from lambdas.model.change import Change, Lifecycle
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible
from lambdas.model.state import State, States
from lambdas.model.subject import RENAMED
from lambdas.rules.judging import OutOfTimeError, findings
from lambdas.service import respond
from lambdas.service.attribution import attributed
from lambdas.service.hurry import TO_ATTRIBUTE, TO_JUDGE, may_be_grave, within
from lambdas.service.observe import read_until, start
from lambdas.service.ports import Account, Alerts, CallFailedError, Clock, Records, Reverts
from lambdas.settings import Settings


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


def restore(incident: Incident, former: State | None, states: States, of: Undoing) -> Outcome:
    """Plan again, from what is there now and what the settings say now: a queue decides nothing.

    ``former`` is None where the change made its subject.
    """
    change = incident.change
    before = _with(former, change, states)
    plan = respond.revert(change, before, states)
    in_time = within(TO_ATTRIBUTE, of.clock)

    def grave(before: States, after: States) -> bool:
        return may_be_grave(_case(incident, before, after, of), in_time)

    situation = respond.Situation(
        change=change,
        verdict=incident.verdict,
        before=before,
        after=states,
        revert=plan,
        settings=of.settings,
        attributed=attributed(change, _world(before, former, of), states, grave),
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
    return _verified(incident, former, plan, of)


def _with(former: State | None, change: Change, states: States) -> States:
    """The account with the subject as it was before."""
    if former is not None:
        return states.having(former)
    return states.without(change.subject) if change.subject else states


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


def _verified(
    incident: Incident, former: State | None, plan: tuple[Call, ...], of: Undoing
) -> Outcome:
    """Read back what the calls did: success is what the account shows, not what a call answered."""
    change = incident.change
    settled = partial(mended, change, former)
    reading = start(change, of.account)
    states = read_until(change, reading, of.account, of.clock, settled=settled) if reading else None
    if states is None or not settled(states):
        if _is_gone(change, states):
            return gone(change, plan, incident.unique_id, of)
        says = f"the calls were accepted, but {change.subject} does not show what was there before"
        return ended(of, Ending.FAILED, says, plan)
    of.records.remember(state for state in states.known.values() if state.subject == change.subject)
    return ended(of, success(change), says_mended(change))


def _is_gone(change: Change, states: States | None) -> bool:
    """Whether its subject went away: of one that the change deleted, that is the change itself."""
    deleted = change.lifecycle is Lifecycle.DELETED
    return states is not None and change.subject in states.absent and not deleted


def gone(change: Change, plan: tuple[Call, ...], unique_id: str | None, of: Undoing) -> Outcome:
    """What it means that the subject of a change is not to be found by its name.

    A user or group may have been renamed, and then has all that the change gave: it is gone only
    if none has its id any more.

    Raises:
        SubjectNotReadError: one has, and by the next try it may be found.
    """
    subject = change.subject
    if subject is None or subject.kind not in RENAMED:
        return ended(of, Ending.ALREADY_GONE, f"{subject} does not exist any more")
    if unique_id is None:
        says = f"{subject} is not to be found by its name, and whether it was renamed is not known"
        return ended(of, Ending.FAILED, says, plan)
    if of.account.name_of(subject.kind, unique_id) is None:
        return ended(of, Ending.ALREADY_GONE, f"{subject} does not exist any more")
    says = f"{subject} is not to be found by its name, and exists: it is being renamed"
    if not of.last_try:
        raise SubjectNotReadError(says)
    return ended(of, Ending.FAILED, says, plan)


def _gain(incident: Incident, former: State | None, states: States, of: Undoing) -> str | None:
    """What the undo would give to whom that lacks it now: a forged record must not be a grant.

    Who was not judged in time might be given something.
    """
    planned = incident.change.taken_back_in(states, former)
    subject = incident.change.subject
    world = _world(states, planned.of(subject) if subject else None, of)
    case = _case(incident, world, incident.change.taken_back_in(world, former), of)
    found = findings(case, within(TO_JUDGE, of.clock))
    gains = (finding for finding in found if finding.principal is not None)
    try:
        return next((gain.says for gain in gains if respond.calls_for_undo(gain)), None)
    except OutOfTimeError as error:
        return f"perhaps more power for somebody: {error}"


def _world(states: States, needing: State | None, of: Undoing) -> States:
    """The states, with what one more state draws on."""
    drawn = needing.draws_on() if needing else ()
    missing = [subject for subject in drawn if states.of(subject) is None]
    return states.joined(of.account.reading(missing).states()) if missing else states


def _case(incident: Incident, before: States, after: States, of: Undoing) -> Case:
    return Case(
        change=incident.change,
        before=before,
        after=after,
        affected=incident.affected,
        settings=of.settings,
    )


def mended(change: Change, former: State | None, states: States) -> bool:
    """Whether the account shows what the undo of a change is to bring about."""
    live = states.of(change.subject) if change.subject else None
    if change.lifecycle is Lifecycle.CREATED:
        return change.subject in states.absent
    if live is None or former is None or change.unread_in(live):
        return False
    if change.lifecycle is Lifecycle.DELETED:
        return CATALOG[change.source, change.name].revert(change, former, live) == ()
    if _contains(change):
        return not change.shown_by(live)
    return all(
        live.value(edit.part, edit.key) == former.value(edit.part, edit.key)
        for edit in change.edits
    )


def success(change: Change) -> Ending:
    """How an undo ends that ends well."""
    return Ending.CONTAINED if _contains(change) else Ending.RESTORED


def says_mended(change: Change) -> str:
    """The same in a sentence."""
    if _contains(change):
        return f"what the change gave to {change.subject} does not work any more"
    if change.lifecycle is Lifecycle.CREATED:
        return f"{change.subject} does not exist any more"
    return f"{change.subject} is as it was before the change"


def _contains(change: Change) -> bool:
    return CATALOG[change.source, change.name].contains


def ended(of: Undoing, ending: Ending, says: str, plan: tuple[Call, ...] = ()) -> Outcome:
    """The outcome of this moment, with what to run by hand where the undo failed."""
    commands = tuple(call.command() for call in plan) if ending is Ending.FAILED else ()
    return Outcome(ending=ending, says=says, at=of.clock.now(), commands=commands)

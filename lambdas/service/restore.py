"""Restoring: a change that is still in force judged again, and its own part taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lambdas.model.case import Case
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.problem import Problem
from lambdas.model.revert import Irreversible
from lambdas.model.state import State, States
from lambdas.rules.judging import OutOfTimeError, findings
from lambdas.service import respond
from lambdas.service.acting import carry_out
from lambdas.service.administrators import none_left
from lambdas.service.attribution import attributed
from lambdas.service.decided import stands_in_the_way
from lambdas.service.grants import grant, only_takes_away
from lambdas.service.hurry import TO_ATTRIBUTE, TO_JUDGE, may_be_grave, within
from lambdas.service.limits import allowed
from lambdas.service.observe import start
from lambdas.service.undoing import SubjectNotReadError, Undoing, ended, is_begun

LATE = timedelta(seconds=1)
"""After so long the subject is read once more before anything is written to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an undo finds: the state before the change, None where it made its subject, and now.

    ``seen`` is the subject as it was read, which the states may show otherwise where reads lag;
    ``read`` the moment when all of it was.
    ``foreign`` where what it takes back is not the change's own text but what somebody else put in
    its place; ``whole`` where all of the change is in force, and not a rest of it.
    """

    former: State | None
    states: States
    seen: State | None
    read: datetime
    foreign: bool = False
    whole: bool = True


def restore(incident: Incident, found: Found, of: Undoing) -> Outcome:
    """Plan again, from what is there now and what the settings say now: a queue decides nothing.

    Raises:
        CallFailedError: a call failed and may succeed on a later try.
        SubjectNotReadError: something that decides about it could not be read.
    """
    before = former_world(incident, found)
    plan = respond.revert(incident.change, before, found.states)
    if not isinstance(plan, Irreversible) and plan:
        refusal = _refusal(incident, found, of)
        if refusal is not None:
            says = f"refused, because the undo itself would mean: {refusal}"
            return ended(of, Ending.FAILED, says, plan)
    held = (
        respond.held(_situation(incident, found, before, of))
        or stands_in_the_way(incident, of.decisions)
        or allowed(incident, of)
    )
    if held is not None or isinstance(plan, Irreversible):
        return ended(of, Ending.ALERTED, f"not undone: {held}")
    if of.clock.now() - found.read > LATE and _is_changed(incident, found, of):
        says = f"{incident.change.subject} was changed while its undo was being judged"
        if not of.last_try:
            raise SubjectNotReadError(says)
        return ended(of, Ending.FAILED, says, plan)
    return carry_out(incident, found.former, plan, of)


def _is_changed(incident: Incident, found: Found, of: Undoing) -> bool:
    """Whether the subject is no longer what was judged, or cannot be read."""
    reading = start(incident.change, of.account)
    subject = incident.change.subject
    live = reading.states().of(subject) if reading and subject else None
    return (live and live.parts) != (found.seen and found.seen.parts)


def former_world(incident: Incident, found: Found) -> States:
    """The account with the subject as it was before."""
    if found.former is not None:
        return found.states.having(found.former)
    subject = incident.change.subject
    return found.states.without(subject) if subject else found.states


def _situation(incident: Incident, found: Found, before: States, of: Undoing) -> respond.Situation:
    return respond.Situation(
        change=incident.change,
        verdict=incident.verdict,
        before=before,
        after=found.states,
        revert=respond.revert(incident.change, before, found.states),
        settings=of.settings,
        attributed=_is_to_blame(incident, found, before, of),
    )


def _is_to_blame(incident: Incident, found: Found, before: States, of: Undoing) -> bool:
    """Whether the change still does what was found: a record says it, and the account shows it.

    Of a change that an undo has begun to take back, the rest may do nothing by itself.
    """
    if not found.whole or is_begun(incident, of):
        return True
    in_time = within(TO_ATTRIBUTE, of.clock)

    def grave(before: States, after: States) -> bool:
        return may_be_grave(_case(incident, before, after, of), in_time)

    world = _drawing(before, found.former, of)
    still = grave(world, found.states)
    return still and attributed(incident.change, world, found.states, grave)


def still_gives(incident: Incident, found: Found, of: Undoing) -> bool:
    """Whether what is there in place of a change does what the change was undone for.

    Who is not judged in time has an event of its own to be judged by.
    """
    without = incident.change.taken_back_in(found.states, found.former)
    grave = {
        (each.rule, each.principal)
        for each in incident.verdict.findings
        if respond.calls_for_undo(each)
    }
    case = _case(incident, without, found.states, of)
    try:
        return any(
            (each.rule, each.principal) in grave
            for each in findings(case, within(TO_ATTRIBUTE, of.clock))
        )
    except OutOfTimeError:
        return False


def _refusal(incident: Incident, found: Found, of: Undoing) -> str | None:
    """Why the plan is not made, whoever asked for it: it would give, or leave nobody."""
    change = incident.change
    after = change.taken_back_in(found.states, found.former)
    live = _drawing(found.states, after.of(change.subject) if change.subject else None, of)
    planned = change.taken_back_in(live, found.former)
    if found.foreign or not only_takes_away(change, found.former, live):
        given = grant(
            _case(incident, live, planned, of), within(TO_JUDGE, of.clock), foreign=found.foreign
        )
        if isinstance(given, Problem) and live.problems and not of.last_try:
            raise SubjectNotReadError(given.says)
        if given is not None:
            return given.says
    return none_left(incident.id, live, planned, incident.affected, of)


def _drawing(states: States, needing: State | None, of: Undoing) -> States:
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

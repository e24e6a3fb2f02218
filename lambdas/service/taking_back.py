"""Taking back: what an undo finds of a change, compared edit by edit, and what becomes of it."""

from dataclasses import replace
from functools import partial

from lambdas.model.change import Change, Lifecycle
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Irreversible
from lambdas.model.state import State, States, Unknown
from lambdas.model.subject import PRINCIPALS, Subject
from lambdas.service import respond
from lambdas.service.acting import gone
from lambdas.service.following import followed
from lambdas.service.in_force import in_force, mended, rewritten, says_mended, success
from lambdas.service.newer import newer
from lambdas.service.observe import read_until, start
from lambdas.service.past import before
from lambdas.service.ports import Records
from lambdas.service.restore import Found, former_world, restore, still_gives
from lambdas.service.undoing import SubjectNotReadError, Undoing, calls, ended, is_begun


def undone(incident: Incident, of: Undoing) -> Outcome:
    """Compare the change with what is live, and take back what of it is in force."""
    change = incident.change
    reading = start(change, of.account)
    if incident.held is not None or reading is None or change.subject is None:
        says = f"the incident is not to be undone: {incident.held or 'its target is not known'}"
        return ended(of, Ending.ALERTED, says)
    now = followed(change, reading.states(), of.account, partial(known_id, incident, of.records))
    if now != change:
        return undone(replace(incident, change=now, affected=_affected(incident, now)), of)
    former = before(change, reading, of.records)
    states = read_until(change, reading, of.account, of.clock, settled=change.shown_in)
    if change.subject in states.absent and change.lifecycle is not Lifecycle.DELETED:
        return _absent(incident, of)
    live = states.of(change.subject)
    if live is not None and incident.unique_id not in (None, live.unique_id):
        return ended(of, Ending.OVERTAKEN, f"{change.subject} is not the one that was changed")
    return _compared(replace(incident, affected=_concerned(incident, states)), former, states, of)


def _concerned(incident: Incident, states: States) -> tuple[Subject, ...]:
    """Whom the change concerns now: who draws on a group or a policy may have changed since."""
    subject = incident.change.subject
    if subject is None or subject.kind in PRINCIPALS:
        return incident.affected
    known = dict.fromkeys((*incident.affected, *states.reached))
    return tuple(each for each in known if states.of(each) is not None)


def _absent(incident: Incident, of: Undoing) -> Outcome:
    """Its subject is not there: of one that the change made, an earlier try may have seen to it."""
    change = incident.change
    if change.lifecycle is Lifecycle.CREATED and is_begun(incident, of):
        return ended(of, success(change), says_mended(change))
    return gone(change, calls(incident), incident.unique_id, of)


def known_id(incident: Incident, records: Records, subject: Subject) -> str | None:
    """The unique id that a subject had when its change was judged, or was last seen by its name."""
    if subject == incident.change.subject:
        return incident.unique_id
    return records.id_of(subject)


def _affected(incident: Incident, now: Change) -> tuple[Subject, ...]:
    """Those whom the change affects, the renamed one by its name of now."""
    former, subject = incident.change.subject, now.subject
    return tuple(subject if subject and each == former else each for each in incident.affected)


def _compared(
    incident: Incident, former: State | Unknown | None, states: States, of: Undoing
) -> Outcome:
    """Restore what is still as the change left it; say what it is instead where it is not."""
    change = incident.change
    if is_unread(change, former, states):
        return _unread(incident, states, of)
    if isinstance(former, Unknown):
        if not change.fresh:
            says = f"{change.subject} is not the one that was changed, or its history is gone"
            return ended(of, Ending.OVERTAKEN, f"{says}: {former.reason}")
        former = _without_edits(change, states)
    live = states.of(change.subject) if change.subject else None
    found = Found(former=former, states=states, seen=live, read=of.clock.now())
    if change.lifecycle is not None or former is None or live is None:
        return _whole(incident, found, of)
    return _edits(incident, former, live, found, of)


def is_unread(change: Change, former: State | Unknown | None, states: States) -> bool:
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
    return ended(of, Ending.FAILED, says, calls(incident))


def _whole(incident: Incident, found: Found, of: Undoing) -> Outcome:
    """A call that made or deleted its subject: an earlier try may have made some of the calls."""
    change, begun = incident.change, is_begun(incident, of)
    if change.shown_in(found.states):
        return restore(incident, found, of)
    if mended(change, found.former, found.states):
        return ended(of, success(change) if begun else Ending.ALREADY_GONE, says_mended(change))
    if begun and change.lifecycle is Lifecycle.DELETED:
        return restore(incident, found, of)
    return ended(of, Ending.OVERTAKEN, f"{change.subject} was changed again since")


def _edits(incident: Incident, former: State, live: State, found: Found, of: Undoing) -> Outcome:
    """What is left of a change is taken back; what came in its place only if it does the same."""
    change = incident.change
    standing = in_force(change, former, live)
    if standing.left and respond.revert(change, former_world(incident, found), found.states):
        left = replace(incident, change=replace(change, edits=standing.left))
        return restore(left, replace(found, whole=standing.whole), of)
    if mended(change, former, found.states):
        return _back(incident, live, found, of)
    if not newer(incident, of.records):
        other = replace(incident, change=rewritten(change, standing.overwritten, live))
        if still_gives(other, found, of):
            return restore(other, replace(found, foreign=True), of)
    return ended(of, Ending.OVERTAKEN, f"{change.subject} was changed again since")


def _back(incident: Incident, live: State, found: Found, of: Undoing) -> Outcome:
    """Nothing of it is to be seen: an earlier try did it, somebody else, or the reads lag behind.

    What can only take away is tried all the same: where nothing is found, it has happened. What
    would write is not: the looks that follow see whether the change shows after all. Nobody can
    still hold a policy, or be in a group, that does not exist.
    """
    change = incident.change
    if is_begun(incident, of):
        return ended(of, success(change), says_mended(change))
    if any(live.value(edit.part, edit.key) is not None for edit in change.edits):
        return ended(of, Ending.ALREADY_GONE, says_mended(change))
    shown = change.applied_to(live)
    if any(subject in found.states.absent for subject in shown.draws_on()):
        return ended(of, Ending.ALREADY_GONE, says_mended(change))
    laid_over = replace(found, states=found.states.having(shown))
    plan = respond.revert(change, former_world(incident, laid_over), laid_over.states)
    if plan and not isinstance(plan, Irreversible) and all(call.takes_away for call in plan):
        return restore(incident, laid_over, of)
    return ended(of, Ending.ALREADY_GONE, says_mended(change))

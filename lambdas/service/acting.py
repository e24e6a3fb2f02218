"""Acting: the calls of a plan made in their order, and what they did read back."""

from functools import partial

from lambdas.model.change import Change, Lifecycle
from lambdas.model.fingerprint import own_fingerprints
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call
from lambdas.model.state import State, States
from lambdas.model.subject import RENAMED
from lambdas.service.in_force import mended, says_mended, success
from lambdas.service.observe import read_until, start
from lambdas.service.ports import CallFailedError
from lambdas.service.undoing import SubjectNotReadError, Undoing, ended


def carry_out(
    incident: Incident, former: State | None, plan: tuple[Call, ...], of: Undoing
) -> Outcome:
    """Note the calls, make them, and say what the account shows then.

    Raises:
        CallFailedError: a call failed and may succeed on a later try.
        SubjectNotReadError: what became of the subject is not known yet.
    """
    of.records.plan(incident.id, [each for call in plan for each in own_fingerprints(call)])
    done: list[Call] = []
    for call in plan:
        try:
            of.reverts.make(call)
            done.append(call)
        except CallFailedError as failure:
            if failure.gone:
                continue
            if failure.transient and not of.last_try:
                raise
            return ended(of, Ending.FAILED, _partly(failure, done), plan[plan.index(call) :])
    return _verified(incident, former, plan, of, found=bool(done))


def _partly(failure: CallFailedError, done: list[Call]) -> str:
    """The failure, with what was done before it and must not be done again."""
    if not done:
        return str(failure)
    return f"{failure}, after {', '.join(call.action for call in done)} succeeded"


def _verified(
    incident: Incident, former: State | None, plan: tuple[Call, ...], of: Undoing, *, found: bool
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
    return ended(of, success(change) if found else Ending.ALREADY_GONE, says_mended(change))


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

"""Containing: the actor of an undone change is kept from going on, once the undo itself is made."""

from collections.abc import Callable
from dataclasses import replace

from lambdas.model.fingerprint import own_fingerprints
from lambdas.model.incident import Contained, Ending, Incident, Outcome
from lambdas.model.state import State, States
from lambdas.model.subject import Subject
from lambdas.service.administrators import none_left
from lambdas.service.containment import (
    Containment,
    actor_of,
    containment,
    contains,
    spared,
    untouchable,
    without,
)
from lambdas.service.observe import PAUSES
from lambdas.service.ports import CallFailedError
from lambdas.service.undoing import SubjectNotReadError, Undoing, is_begun

_UNDONE = frozenset({Ending.RESTORED, Ending.CONTAINED})


def contained(incident: Incident, outcome: Outcome, of: Undoing) -> Outcome:
    """The outcome with what became of the actor, where the settings want that; once.

    Only an undo that was made, or begun, was judged again: what else an incident says of an actor
    starts nothing.

    Raises:
        CallFailedError: a call failed and may succeed on a later try.
        SubjectNotReadError: the actor could not be read and may be on a later try.
    """
    if outcome.contained is not None or not contains(incident.change, of.settings):
        return outcome
    if outcome.ending is Ending.ALERTED:
        return outcome
    if outcome.ending not in _UNDONE and not is_begun(incident, of):
        return outcome
    return replace(outcome, contained=_contained(incident, of), told=False)


def _contained(incident: Incident, of: Undoing) -> Contained:
    actor = actor_of(incident.change)
    reason = spared(incident, of.settings)
    if reason is not None or actor is None:
        return Contained(says=f"not contained: {reason}")
    states = of.account.reading((actor,)).states()
    live = states.of(actor)
    if live is None or states.problems:
        return _unread(actor, states, of)
    if (reason := untouchable(live, of.settings)) is not None:
        return Contained(says=f"not contained: {reason}")
    plan = containment(incident.change, live, of.clock.now())
    nobody = none_left(incident.id, states, without(live, states), (actor,), of)
    if nobody is not None:
        return _failed(nobody, plan)
    return _made(incident, live, plan, of)


def _unread(actor: Subject, states: States, of: Undoing) -> Contained:
    """Nothing is done against somebody of whom too little is known."""
    if actor in states.absent:
        return Contained(says=f"{actor} is not to be found: deleted, or renamed", failed=True)
    reasons = "; ".join(problem.says for problem in states.problems)
    says = f"{actor} could not be read: {reasons}"
    if not of.last_try:
        raise SubjectNotReadError(says)
    return Contained(says=says, failed=True)


def _made(incident: Incident, live: State, plan: Containment, of: Undoing) -> Contained:
    """Make the call unless its effect is there, and read it back."""
    if not plan.edit.shown_by(live):
        of.records.plan(incident.id, own_fingerprints(plan.call))
        try:
            of.reverts.make(plan.call)
        except CallFailedError as failure:
            if failure.transient and not of.last_try:
                raise
            return _failed(str(failure), plan)
        if not _shown(live.subject, plan.edit.shown_by, of):
            return _failed(f"the call was accepted, but {live.subject} does not show it", plan)
        _remember(live, plan, of)
    return Contained(says=f"contained: {plan.says}", lift=(plan.lift.command(),))


def _failed(reason: str, plan: Containment) -> Contained:
    return Contained(says=reason, commands=(plan.call.command(),), failed=True)


def _shown(actor: Subject, settled: Callable[[State], bool], of: Undoing) -> bool:
    """Whether reads come to show what was done; those of IAM lag behind."""
    for pause in (0, *PAUSES):
        of.clock.sleep(pause)
        live = of.account.reading((actor,)).states().of(actor)
        if live is not None and settled(live):
            return True
    return False


def _remember(live: State, plan: Containment, of: Undoing) -> None:
    """Add to what was known of the actor this one edit: what else is there has its own events.

    Whoever lifts it changes what was there, and is judged by that.
    """
    now = of.clock.now()
    former = of.records.before(live.unique_id, now)
    if isinstance(former, State):
        of.records.remember([replace(plan.edit.applied_to(former), as_of=now)])

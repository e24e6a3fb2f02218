"""By hand: the calls for a person who decides, worked out now and made by nobody here."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from lambdas.calls import CATALOG
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.incident import Incident
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import State, States, Unknown
from lambdas.model.subject import Subject
from lambdas.service import respond
from lambdas.service.following import followed
from lambdas.service.makers import maker
from lambdas.service.observe import read_until, start
from lambdas.service.past import before
from lambdas.service.ports import Account, Clock, Records
from lambdas.service.taking_back import is_unread, known_id


class Sight(Protocol):
    """What it takes to see what is there now and what was there before."""

    @property
    def account(self) -> Account:
        """The live account."""

    @property
    def records(self) -> Records:
        """The histories."""

    @property
    def clock(self) -> Clock:
        """Time."""


def by_hand(incident: Incident, of: Sight) -> Revert:
    """The exact calls that take back what is still in force of a change, whatever holds them.

    There are none where nothing of it is. What they would give is not asked: a person decides.
    """
    change, states = _seen(incident, of)
    reading = start(change, of.account)
    if states is None or reading is None or change.subject is None:
        return Irreversible(respond.UNKNOWN_TARGET)
    if change.subject in states.absent and change.lifecycle is not Lifecycle.DELETED:
        return _gone(change)
    former: State | Unknown | None
    if not _is_another(incident, change, states):
        former = before(change, reading, of.records)
    elif change.lifecycle is Lifecycle.DELETED and incident.unique_id is not None:
        # Whoever is made again is another one: what counts is what the deleted one was.
        former = of.records.before(incident.unique_id, change.at)
    else:
        return Irreversible(f"{change.subject} is not the one that was changed")
    if is_unread(change, former, states):
        return Irreversible(_unread(change, states))
    return respond.revert(change, _world(change.subject, former, states), states)


def _gone(change: Change) -> Revert:
    """What was made is not there any more: nothing of that change is in force."""
    if change.lifecycle is Lifecycle.CREATED:
        return ()
    return Irreversible(f"{change.subject} does not exist any more")


def _world(subject: Subject, former: State | Unknown | None, states: States) -> States | Unknown:
    if isinstance(former, Unknown):
        return former
    return states.without(subject) if former is None else states.having(former)


def redo(incident: Incident, of: Sight) -> Revert:
    """The exact calls that make again what an undo took back; none where all of it is there."""
    change, states = _seen(incident, of)
    if change.lifecycle is not None:
        return Irreversible(_LIVES[change.lifecycle])
    if states is None or change.subject is None:
        return Irreversible(respond.UNKNOWN_TARGET)
    live = states.of(change.subject)
    if live is None or change.unread_in(live):
        return Irreversible(_unread(change, states))
    if _is_another(incident, change, states):
        return Irreversible(f"{change.subject} is not the one that was changed")
    missing = tuple(edit for edit in change.edits if not edit.shown_by(live))
    return _made_again(change, live, missing)


def _made_again(change: Change, live: State, missing: tuple[Edit, ...]) -> Revert:
    """Every edit as the revert of one that set what is live now."""
    wanted = replace(change, edits=missing).applied_to(live)
    groups: dict[str, list[Edit]] = {}
    for edit in missing:
        entry = maker(change, edit, live)
        if isinstance(entry, Irreversible):
            return entry
        now = replace(edit, value=live.value(edit.part, edit.key), fresh=False)
        groups.setdefault(entry.name, []).append(now)
    plans = [
        CATALOG[change.source, name].revert(
            replace(change, name=name, edits=(*edits,)), wanted, live
        )
        for name, edits in groups.items()
    ]
    made: list[Call] = []
    for plan in plans:
        if isinstance(plan, Irreversible):
            return plan
        if not plan:
            return Irreversible(f"no call makes of {change.subject} again what was made of it")
        made += plan
    return tuple(made)


_LIVES = {
    Lifecycle.CREATED: "what was deleted would be another one of the same name",
    Lifecycle.DELETED: "it is there again, and Snapback does not delete it",
}


def _seen(incident: Incident, of: Sight) -> tuple[Change, States | None]:
    """The change with everybody as they are called now, and what is live."""
    change = incident.change
    reading = start(change, of.account)
    if reading is None:
        return change, None
    known = partial(known_id, incident, of.records)
    now = followed(change, reading.states(), of.account, known)
    if now != change:
        return _seen(replace(incident, change=now), of)
    return change, read_until(change, reading, of.account, of.clock, settled=change.shown_in)


def _is_another(incident: Incident, change: Change, states: States) -> bool:
    live = states.of(change.subject) if change.subject else None
    return live is not None and incident.unique_id not in (None, live.unique_id)


def _unread(change: Change, states: States) -> str:
    reasons = "; ".join(problem.says for problem in states.problems)
    return f"{change.subject} could not be read" + (f": {reasons}" if reasons else "")

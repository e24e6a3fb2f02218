"""Acting: a change undone, or an undone change made again, by a person."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from lambdas.model.actor import Actor
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.service.by_hand import by_hand, redo
from lambdas.service.deciding.agreeing import agreed
from lambdas.service.deciding.job import (
    Answer,
    Deciding,
    Question,
    RefusedError,
    incident_of,
    note,
    text,
    whoever,
)
from lambdas.service.mails import outcome_mail
from lambdas.service.observe import PAUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """What a person can do about an incident's change, and how it ends where it ends well."""

    plans: Callable[[Incident, Deciding], Revert]
    does: str
    ending: Ending
    done: str


_DEEDS: Mapping[str, _Deed] = {
    "revert": _Deed(
        plans=by_hand,
        does="undo the change",
        ending=Ending.RESTORED,
        done="undone",
    ),
    "undo": _Deed(
        plans=redo,
        does="make the undone change again",
        ending=Ending.MADE_AGAIN,
        done="made again, and what it gives is accepted",
    ),
}


def plan(question: Question, _: Actor, of: Deciding) -> Answer:
    """The calls that would undo an incident's change now, or make it again.

    Raises:
        RefusedError: there are none, and why.
    """
    incident = incident_of(question, of)
    calls = _calls(incident, _deed(question), of)
    return {
        "incident": incident.id,
        "calls": [{**asdict(call), "parameters": dict(call.parameters)} for call in calls],
        "commands": [call.command() for call in calls],
    }


def begin(question: Question, by: Actor, of: Deciding) -> Answer:
    """Note calls that a person is about to make, so that their events are known again.

    Raises:
        RefusedError: they are not the ones that are to be made now.
    """
    incident, deed = incident_of(question, of), _deed(question)
    planned = [call_fingerprint(call) for call in _calls(incident, deed, of)]
    if planned != question.get("fingerprints"):
        raise RefusedError("the account has changed since these calls were planned: look again")
    if deed.ending is Ending.MADE_AGAIN:
        agreed(incident, by, of)
    of.decisions.promise(incident.id, planned, by.name)
    note(incident, by, f"began to {deed.does}", of)
    return {"incident": incident.id, "begun": True}


def finish(question: Question, by: Actor, of: Deciding) -> Answer:
    """Read back what a person's calls did, and keep and tell how it ended."""
    incident, deed = incident_of(question, of), _deed(question)
    outcome = _outcome(incident, deed, question.get("failed"), by, of)
    of.records.save(incident.ended(outcome))
    of.records.settle(incident)
    note(incident, by, outcome.says, of)
    of.alerts.send(outcome_mail(incident, outcome))
    of.records.save(incident.ended(replace(outcome, told=True)))
    return {"incident": incident.id, "ending": str(outcome.ending), "says": outcome.says}


def _deed(question: Question) -> _Deed:
    what = text(question, "what")
    if what not in _DEEDS:
        raise RefusedError(
            f"{what!r} is nothing to do about a change; there is {', '.join(_DEEDS)}"
        )
    return _DEEDS[what]


def _calls(incident: Incident, deed: _Deed, of: Deciding) -> tuple[Call, ...]:
    """The calls to be made now.

    Raises:
        RefusedError: there are none, and why.
    """
    calls = deed.plans(incident, of)
    if isinstance(calls, Irreversible):
        raise RefusedError(f"incident {incident.id}: {calls.reason}")
    if not calls:
        raise RefusedError(f"incident {incident.id}: there is nothing left to {deed.does}")
    return calls


def _outcome(incident: Incident, deed: _Deed, failed: object, by: Actor, of: Deciding) -> Outcome:
    """Success is that nothing is left to do, not that all calls were accepted."""
    left = _left(incident, deed, of)
    says, subject = f"the change of {incident.change.subject} is", whoever(by)
    if left == ():
        return Outcome(
            ending=deed.ending, says=f"{says} {deed.done}, by {subject}", at=of.clock.now()
        )
    why = failed or (left.reason if isinstance(left, Irreversible) else "the account shows it not")
    return Outcome(
        ending=Ending.FAILED,
        says=f"{subject} tried to {deed.does}: {why}",
        at=of.clock.now(),
        commands=() if isinstance(left, Irreversible) else tuple(call.command() for call in left),
    )


def _left(incident: Incident, deed: _Deed, of: Deciding) -> Revert:
    """What is left to do, looked for until nothing is: reads after a call may lag behind."""
    left = deed.plans(incident, of)
    for pause in PAUSES:
        if left == ():
            break
        of.clock.sleep(pause)
        left = deed.plans(incident, of)
    return left

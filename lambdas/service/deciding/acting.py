"""Acting: a change about to be undone, or made again, by a person."""

from dataclasses import asdict

from lambdas.model.actor import Actor
from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident
from lambdas.model.revert import Call, Irreversible
from lambdas.service.deciding.agreeing import accepting, finding_lines
from lambdas.service.deciding.deeds import Deed, began, deed_of
from lambdas.service.deciding.job import (
    Answer,
    Deciding,
    Question,
    RefusedError,
    incident_of,
    note,
    tell,
)
from lambdas.service.steps import command_line


def plan(question: Question, _: Actor, of: Deciding) -> Answer:
    """The calls that would undo an incident's change now, or make it again.

    Raises:
        RefusedError: there are none, and why.
    """
    incident = incident_of(question, of)
    calls = _calls(incident, deed_of(question), of)
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
    incident, deed = incident_of(question, of), deed_of(question)
    calls = _calls(incident, deed, of)
    planned = [call_fingerprint(call) for call in calls]
    if planned != question.get("fingerprints"):
        raise RefusedError("the account has changed since these calls were planned: look again")
    is_agreed = deed.ending is Ending.MADE_AGAIN
    acceptance = accepting(incident, by, of) if is_agreed else None
    did = f"{began(deed)} of incident {incident.id}"
    tell(by, did, _lines(incident, calls, is_agreed=is_agreed), of)
    if acceptance is not None:
        of.decisions.accept(acceptance)
    of.decisions.promise(incident.id, planned, by.name)
    note(incident, by, began(deed), of)
    return {"incident": incident.id, "begun": True}


def _lines(incident: Incident, calls: tuple[Call, ...], *, is_agreed: bool) -> tuple[str, ...]:
    """What is about to be made, and what is accepted with it."""
    commands = tuple(f"    {command_line(call.command())}" for call in calls)
    if not is_agreed:
        return commands
    return (*commands, "", "What was found is accepted with that:", *finding_lines(incident))


def _calls(incident: Incident, deed: Deed, of: Deciding) -> tuple[Call, ...]:
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

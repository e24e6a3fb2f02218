"""Ending: what a person's calls did, read back, kept and told."""

from lambdas.model.actor import Actor
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Irreversible, Revert
from lambdas.service.deciding.deeds import BEGUN, Deed, began, deed_of
from lambdas.service.deciding.job import (
    Answer,
    Deciding,
    Question,
    RefusedError,
    incident_of,
    note,
    whoever,
)
from lambdas.service.mails import outcome_mail
from lambdas.service.observe import PAUSES
from lambdas.service.undo import LOOKED_AT

LONGEST_REASON = 1000
"""Characters of a reason that the command line gives: it goes into a mail."""
_ENDED_WELL = LOOKED_AT | {Ending.MADE_AGAIN}


def finish(question: Question, by: Actor, of: Deciding) -> Answer:
    """Read back what a person's calls did, and keep and tell how it ended.

    Raises:
        RefusedError: that person did not begin.
    """
    incident, deed = incident_of(question, of), deed_of(question)
    if not _is_begun(incident, deed, by, of):
        raise RefusedError(f"{whoever(by)} did not begin to {deed.does} of incident {incident.id}")
    outcome = _outcome(incident, deed, question.get("failed"), by, of)
    # While it was read back, an undo may have ended, or a look.
    incident = incident_of(question, of)
    note(incident, by, outcome.says, of)
    if not _ends(incident, outcome):
        _leave(incident, deed, of)
        of.alerts.send(outcome_mail(incident, outcome))
    else:
        of.records.save(incident.ended(outcome))
        of.records.settle(incident)
        of.alerts.send(outcome_mail(incident, outcome))
        of.records.told(incident.ended(outcome))
    return {"incident": incident.id, "ending": str(outcome.ending), "says": outcome.says}


def _is_begun(incident: Incident, deed: Deed, by: Actor, of: Deciding) -> bool:
    since = of.clock.now() - BEGUN
    return any(
        (each.by, each.says) == (whoever(by), began(deed)) and each.at >= since
        for each in of.decisions.notes(incident.id)
    )


def _ends(incident: Incident, outcome: Outcome) -> bool:
    """Whether it is how the incident ends: a person who fails ends no undo to come, or made."""
    if outcome.ending is not Ending.FAILED:
        return True
    former = incident.outcome
    return former.ending not in _ENDED_WELL if former else not incident.undoes


def _leave(incident: Incident, deed: Deed, of: Deciding) -> None:
    """What was not made again is not agreed to: else whoever makes it next would not be asked."""
    if deed.ending is not Ending.MADE_AGAIN or incident.unique_id is None:
        return
    for acceptance in of.decisions.accepted(incident.unique_id):
        if acceptance.incident == incident.id and not acceptance.held:
            of.decisions.forget(acceptance)


def _outcome(incident: Incident, deed: Deed, failed: object, by: Actor, of: Deciding) -> Outcome:
    """Success is that nothing is left to do, not that all calls were accepted."""
    left = _left(incident, deed, of)
    says, subject = f"the change of {incident.change.subject} is", whoever(by)
    if left == ():
        return Outcome(
            ending=deed.ending, says=f"{says} {deed.done}, by {subject}", at=of.clock.now()
        )
    why = str(failed or "")[:LONGEST_REASON] or (
        left.reason if isinstance(left, Irreversible) else "the account shows it not"
    )
    return Outcome(
        ending=Ending.FAILED,
        says=f"{subject} tried to {deed.does}: {why}",
        at=of.clock.now(),
        commands=() if isinstance(left, Irreversible) else tuple(call.command() for call in left),
    )


def _left(incident: Incident, deed: Deed, of: Deciding) -> Revert:
    """What is left to do, looked for until nothing is: reads after a call may lag behind."""
    left = deed.plans(incident, of)
    for pause in PAUSES:
        if left == ():
            break
        of.clock.sleep(pause)
        left = deed.plans(incident, of)
    return left

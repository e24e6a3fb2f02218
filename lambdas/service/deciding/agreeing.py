"""Agreeing: a person accepts what an incident found."""

from dataclasses import replace

from lambdas.model.actor import Actor
from lambdas.model.decision import Acceptance, finding_key
from lambdas.model.incident import Incident
from lambdas.model.subject import Subject
from lambdas.service.deciding.job import (
    Answer,
    Deciding,
    Question,
    RefusedError,
    incident_of,
    note,
    tell,
    whoever,
)
from lambdas.service.wording import shown


def accept(question: Question, by: Actor, of: Deciding) -> Answer:
    """Agree to an incident's findings: while they hold they are neither mailed nor undone again.

    Raises:
        RefusedError: there are none, or whose they are is not known.
    """
    incident = incident_of(question, of)
    acceptance = accepting(incident, by, of)
    tell(by, f"accepted incident {incident.id}", finding_lines(incident), of)
    of.decisions.accept(acceptance)
    note(incident, by, "accepted its findings", of)
    return {"incident": incident.id, "accepted": [f.says for f in incident.verdict.findings]}


def finding_lines(incident: Incident) -> tuple[str, ...]:
    """What was found, as a mail shows it."""
    return tuple(f"  - {shown(each.says)}" for each in incident.verdict.findings)


def accepting(incident: Incident, by: Actor, of: Deciding) -> Acceptance:
    """What is to be written down where these findings are agreed to.

    Raises:
        RefusedError: there are none, or whose they are is not known.
    """
    subject = incident.change.subject
    if not incident.is_acceptable or incident.unique_id is None or subject is None:
        raise RefusedError(f"incident {incident.id} found nothing that could be accepted")
    acceptance = Acceptance(
        incident=incident.id,
        by=whoever(by),
        at=of.clock.now(),
        unique_id=incident.unique_id,
        findings=tuple(map(finding_key, incident.verdict.findings)),
        edits=incident.change.edits,
    )
    return replace(acceptance, held=_is_held(acceptance, subject, of))


def _is_held(acceptance: Acceptance, subject: Subject, of: Deciding) -> bool:
    """Whether what is accepted is there by now, so that it ends when that is taken away.

    Where that is not known, it is taken to be: then it is forgotten rather than kept too long.
    """
    states = of.account.reading((subject,)).states()
    live = states.of(subject)
    if live is None:
        return subject not in states.absent
    return live.unique_id == acceptance.unique_id and acceptance.shown_by(live)

"""A job of deciding: what it is given, and what all of them read of a question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lambdas.model.actor import Actor
from lambdas.model.decision import Note
from lambdas.model.incident import Incident
from lambdas.model.mail import Mail
from lambdas.service.ports import Account, Alerts, Clock, Decisions, Records, UnreadableItemError
from lambdas.service.wording import shown
from lambdas.settings import Settings

LONGEST_SUBJECT = 99


class RefusedError(Exception):
    """What was asked cannot be done; the message says why, and what can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """The ports and settings that deciding needs."""

    account: Account
    records: Records
    decisions: Decisions
    alerts: Alerts
    clock: Clock
    settings: Settings


Question = Mapping[str, Any]
Answer = dict[str, Any]
Job = Callable[[Question, Actor, Deciding], Answer]
"""(what was asked, who asked, ports) -> the answer."""


def text(question: Question, name: str) -> str:
    """A text that the question must hold.

    Raises:
        RefusedError: it holds none.
    """
    value = question.get(name)
    if not isinstance(value, str) or not value:
        raise RefusedError(f"the question's {name!r} is {value!r}, not a text")
    return value


def seconds(question: Question, name: str, longest: timedelta) -> timedelta:
    """A time that the question must hold, in whole seconds.

    Raises:
        RefusedError: it holds none, or one that is too long.
    """
    value = question.get(name)
    if not isinstance(value, int) or not 0 < value <= longest.total_seconds():
        raise RefusedError(f"{name!r} is {value!r}; allowed are 1 s to {longest}")
    return timedelta(seconds=value)


def incident_of(question: Question, of: Deciding) -> Incident:
    """The incident that the question names.

    Raises:
        RefusedError: there is none, or it cannot be read.
    """
    incident_id = text(question, "incident")
    try:
        incident = of.records.incident(incident_id)
    except UnreadableItemError as error:
        raise RefusedError(f"incident {incident_id} cannot be read: {error}") from error
    if incident is None:
        raise RefusedError(f"there is no incident {incident_id}: `snapback incidents` lists them")
    return incident


def whoever(by: Actor) -> str:
    """Who asked, in words: the user, or the role with the name of its session."""
    return f"{by.name}, session {by.session}" if by.session else by.name


def note(incident: Incident, by: Actor, says: str, of: Deciding) -> None:
    """Keep in the incident what was done about it, by whom."""
    of.decisions.note(incident.id, Note(by=whoever(by), at=of.clock.now(), says=says))


def tell(by: Actor, did: str, lines: tuple[str, ...], of: Deciding) -> None:
    """Mail a decision, before it is kept: whoever can decide must not be able to do so in silence.

    Raises:
        AlertNotSentError: it could not be handed over; nothing is to be kept.
    """
    headline = f"[DECIDED] {shown(whoever(by))} {did}"
    body = (f"{shown(whoever(by))} {did}.", "", *lines, "")
    of.alerts.send(Mail(headline[:LONGEST_SUBJECT], "\n".join(body)))

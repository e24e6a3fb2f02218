"""Deeds: what a person can do about an incident's change, with calls of his own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from lambdas.model.incident import Ending, Incident
from lambdas.model.revert import Revert
from lambdas.service.by_hand import by_hand, redo
from lambdas.service.deciding.job import Deciding, Question, RefusedError, text

BEGUN = timedelta(minutes=15)
"""For so long after a person has begun may he say how it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a person can do about an incident's change, and how it ends where it ends well."""

    plans: Callable[[Incident, Deciding], Revert]
    does: str
    ending: Ending
    done: str


DEEDS: Mapping[str, Deed] = {
    "revert": Deed(
        plans=by_hand,
        does="undo the change",
        ending=Ending.RESTORED,
        done="undone",
    ),
    "undo": Deed(
        plans=redo,
        does="make the undone change again",
        ending=Ending.MADE_AGAIN,
        done="made again, and what it gives is accepted",
    ),
}


def deed_of(question: Question) -> Deed:
    """The deed that a question names.

    Raises:
        RefusedError: there is none of that name.
    """
    what = text(question, "what")
    if what not in DEEDS:
        raise RefusedError(f"{what!r} is nothing to do about a change; there is {', '.join(DEEDS)}")
    return DEEDS[what]


def began(deed: Deed) -> str:
    """What the incident's note says once a person has begun."""
    return f"began to {deed.does}"

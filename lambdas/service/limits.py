"""Limits: how many undos are made without a person, so that none goes round in circles.

An undo takes its turn when it is asked for, so that its alert says what will happen; whoever asks
again for the same incident, as the undo itself does before it acts, has it already. All turns of
the last hour stand in one item, written only if nobody else wrote meanwhile: the count is exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from lambdas.model.finding import Finding
from lambdas.model.incident import Incident
from lambdas.model.severity import Severity
from lambdas.model.turn import Turn, Turns
from lambdas.model.verdict import Verdict
from lambdas.service.ports import Clock, Records, UnreadableItemError
from lambdas.settings import Settings

OF_ONE_SUBJECT = timedelta(minutes=15)
"""In this time ``undoLimits.perSubject`` undos of one subject are made."""
OF_ALL = timedelta(hours=1)
"""In this time ``undoLimits.perAccount`` undos are made in all."""
REACHED = "undo-limit-reached"
"""The rule of the finding that the first undo beyond a limit carries."""
_ACCOUNT = "account"


class Limited(Protocol):
    """What counting needs, of whatever asks."""

    @property
    def records(self) -> Records:
        """Where the turns are kept."""

    @property
    def clock(self) -> Clock:
        """Time."""

    @property
    def settings(self) -> Settings:
        """With the limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    most: int
    within: timedelta
    scope: str
    whose: str

    def leaves_room(self, turns: Turns, now: datetime) -> bool:
        late = turns.since(now - self.within).taken
        return sum(self.scope in (turn.scope, _ACCOUNT) for turn in late) < self.most

    @property
    def says(self) -> str:
        minutes = self.within // timedelta(minutes=1)
        return (
            f"undoLimits allows {self.most} undos of {self.whose} in {minutes} minutes,"
            " and as many were let through"
        )


@dataclass(frozen=True, slots=True)
class _Refusal:
    says: str
    whose: str = ""
    is_first: bool = False
    """Whether people have not been told yet that this limit is reached."""


def allowed(incident: Incident, of: Limited) -> str | None:
    """Why an incident's undo would be one too many; None where it has its turn."""
    refusal = _turn(incident, of)
    return refusal.says if refusal else None


def limited(incident: Incident, of: Limited) -> Incident:
    """The incident, held where its undo would be one too many; the first of these is loud."""
    refusal = _turn(incident, of) if incident.undoes else None
    if refusal is None:
        return incident
    held = replace(incident, held=refusal.says)
    if not refusal.is_first:
        return held
    findings = (_reached(refusal), *incident.verdict.findings)
    return replace(held, verdict=Verdict(findings, incident.verdict.problems))


def _turn(incident: Incident, of: Limited) -> _Refusal | None:
    """Take a turn, or say why there is none; where others write meanwhile, look again.

    Whoever comes too late for a write has seen another get through, so this comes to an end.
    """
    while True:
        try:
            found = of.records.turns()
        except UnreadableItemError as error:
            return _Refusal(f"how many undos there were cannot be read: {error}")
        turns, refusal = _asked(incident, found, of)
        if turns == found or of.records.take(turns):
            return refusal


def _asked(incident: Incident, found: Turns, of: Limited) -> tuple[Turns, _Refusal | None]:
    """The turns once an incident has asked, and why it gets none."""
    now = of.clock.now()
    turns = found.since(now - OF_ALL)
    if any(turn.incident == incident.id for turn in turns.taken):
        return found, None
    full = (each for each in _limits(incident, of.settings) if not each.leaves_room(turns, now))
    limit = next(full, None)
    if limit is None:
        turn = Turn(incident.id, _scope(incident), now)
        return replace(turns, taken=(*turns.taken, turn)), None
    told = [turn for turn in turns.since(now - limit.within).refused if turn.scope == limit.scope]
    is_first = all(turn.incident == incident.id for turn in told)
    refusal = _Refusal(limit.says, limit.whose, is_first)
    if told:
        return found, refusal
    return replace(turns, refused=(*turns.refused, Turn(incident.id, limit.scope, now))), refusal


def _limits(incident: Incident, settings: Settings) -> Iterator[_Limit]:
    limits, subject = settings.undo_limits, str(incident.change.subject)
    yield _Limit(
        most=limits.per_subject, within=OF_ONE_SUBJECT, scope=_scope(incident), whose=subject
    )
    yield _Limit(most=limits.per_account, within=OF_ALL, scope=_ACCOUNT, whose="all subjects")


def _scope(incident: Incident) -> str:
    """The subject by its unique id, which a new name does not change."""
    return incident.unique_id or str(incident.change.subject)


def _reached(refusal: _Refusal) -> Finding:
    return Finding(
        rule=REACHED,
        says=f"Snapback undoes no more changes of {refusal.whose}: too many of late",
        severity=Severity.CRITICAL,
        because=(f"{refusal.says}: somebody, or a program, repeats what is undone",),
    )

"""Undoing: what the jobs around an undo are given, and how one of them ends."""

from dataclasses import dataclass

from lambdas.model.fingerprint import call_fingerprint
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.revert import Call, Irreversible
from lambdas.service.ports import Account, Alerts, Clock, Decided, Records, Reverts, Sweeps, Undos
from lambdas.settings import Settings


class SubjectNotReadError(Exception):
    """Whether the change is still in force could not be read; a later try may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """The ports and settings that undoing needs; ``last_try`` when no retry will follow."""

    account: Account
    records: Records
    decisions: Decided
    alerts: Alerts
    reverts: Reverts
    undos: Undos
    sweeps: Sweeps
    clock: Clock
    settings: Settings
    last_try: bool


def ended(of: Undoing, ending: Ending, says: str, plan: tuple[Call, ...] = ()) -> Outcome:
    """The outcome of this moment, with what to run by hand where the undo failed."""
    commands = tuple(call.command() for call in plan) if ending is Ending.FAILED else ()
    return Outcome(ending=ending, says=says, at=of.clock.now(), commands=commands)


def calls(incident: Incident) -> tuple[Call, ...]:
    """The calls of an incident's revert, as they were planned when it was judged."""
    return () if isinstance(incident.revert, Irreversible) else incident.revert


def is_begun(incident: Incident, of: Undoing) -> bool:
    """Whether an earlier try may have made some of the calls."""
    return any(
        of.records.planned(call_fingerprint(call)) == incident.id for call in calls(incident)
    )

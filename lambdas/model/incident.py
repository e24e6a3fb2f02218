"""Incidents: the stored record of one change, from verdict to outcome."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from lambdas.model.change import Change
from lambdas.model.delta import Delta
from lambdas.model.revert import Revert
from lambdas.model.severity import Severity
from lambdas.model.subject import Subject
from lambdas.model.verdict import Verdict


class Alert(StrEnum):
    """Whether people have been told."""

    NONE = "none"
    """The verdict is recorded and not mailed."""
    SENT = "sent"
    OWED = "owed"
    """It could not be sent and is still to be sent."""
    GATHERED = "gathered"
    """It is told together with others about its trusted actor."""
    PUT_OFF = "put off"
    """There were too many mails in that moment: the watch clock tells of it within a minute."""


DUE = frozenset({Alert.OWED, Alert.PUT_OFF})
"""An alert that is still to be sent."""


class Ending(StrEnum):
    """How an undo ended."""

    RESTORED = "restored"
    CONTAINED = "contained"
    ALREADY_GONE = "already gone"
    OVERTAKEN = "overtaken"
    FAILED = "failed"
    ALERTED = "alerted only"
    MADE_AGAIN = "made again"
    """A person took back the undo."""


LOOKS = (10, 60, 300)
"""Seconds after an undo at which it is looked whether what it brought about still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contained:
    """What became of the actor of an undone change, in one sentence."""

    says: str
    lift: tuple[str, ...] = ()
    """What a person can run to lift it."""
    commands: tuple[str, ...] = ()
    """What a person can run by hand where it failed."""
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an undo ended, in one word and one sentence; ``told`` once the mail about it is out."""

    ending: Ending
    says: str
    at: datetime
    commands: tuple[str, ...] = ()
    """What a person can run by hand where the undo did not end well."""
    told: bool = False
    looked: int = 0
    """The number of the last look that found it still so."""
    again: int = 0
    """How often a look found the change in force again."""
    contained: Contained | None = None
    """None where nothing is to be done against the actor, or nothing is yet."""

    @property
    def confirmed(self) -> bool:
        """Whether the last look, too, found that it holds."""
        return self.looked == len(LOOKS)

    @property
    def at_large(self) -> bool:
        """Whether something was to be done against the actor, and failed."""
        return self.contained is not None and self.contained.failed

    @property
    def grave(self) -> bool:
        """Whether what was to be undone may still be in force, or its actor still act."""
        return self.ending is Ending.FAILED or self.again > 0 or self.at_large


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One change, one incident.

    ``revert`` are the calls that undo the change, or why there are none. ``held`` says why they
    are not made without a person; None means that they are made. ``planned_by`` is the incident
    whose undo made this call, where it is a call of Snapback's own or of a person by its plan.
    """

    id: str
    change: Change
    verdict: Verdict
    affected: tuple[Subject, ...]
    revert: Revert
    held: str | None
    alert: Alert = Alert.NONE
    alerted: datetime | None = None
    """When its alert was handed over as it was judged; None where it was not, or only later."""
    outcome: Outcome | None = None
    planned_by: str | None = None
    unique_id: str | None = None
    """Of the subject: its name may be another one by the time of the undo."""
    announced: bool = False
    """Whether a person announced the change: it is then told in the digest only."""
    deltas: tuple[Delta, ...] = ()
    """What the first of the affected principals gained and lost, where people are told."""
    contains: str | None = None
    """What is to be done against the actor once the change is undone; None where nothing is."""
    undo_at: datetime | None = None
    """When the revert is made, where people are given time to accept the change before."""

    @property
    def undoes(self) -> bool:
        """Whether the revert is made without waiting for a person."""
        return self.held is None

    @property
    def is_acceptable(self) -> bool:
        """Whether it found something that a person could agree to, and of whom is known."""
        subject = self.change.subject
        return bool(self.verdict.findings) and None not in (subject, self.unique_id)

    @property
    def owes(self) -> bool:
        """Whether a mail about it is still to be sent: its alert, or how its undo ended."""
        untold = self.outcome is not None and not self.outcome.told
        return self.alert in DUE or untold

    @property
    def waits(self) -> bool:
        """Whether it goes into the digest: low or announced, and no call for another incident."""
        quiet = self.announced or self.verdict.severity is Severity.LOW
        return quiet and self.planned_by is None

    def ended(self, outcome: Outcome) -> "Incident":
        """This incident with its outcome."""
        return replace(self, outcome=outcome)


def incident_id(event_id: str, at: datetime) -> str:
    """The id of an event's incident: its date and a digest, the same for every copy of the event.

    A digest, because people read ids aloud and an event id may be any text; of 64 bits, because two
    incidents of one id would hide one another.
    """
    digest = sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{at:%Y%m%d}-{digest[:16]}"

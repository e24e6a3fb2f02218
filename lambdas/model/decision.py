"""Decisions: what people have said about incidents, about changes to come, and about undoing."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from lambdas.model.change import Change, Edit
from lambdas.model.finding import Finding
from lambdas.model.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a person did about an incident; ``by`` is the ARN that AWS knows them by."""

    by: str
    at: datetime
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Findings about one subject that a person has agreed to.

    It holds for as long as the subject shows ``edits``, what the accepted change did: once it has
    ``held`` and they are gone, whoever makes them again asks anew.
    """

    incident: str
    by: str
    at: datetime
    unique_id: str
    """The subject's."""
    findings: tuple[str, ...]
    """Their keys, as ``finding_key`` gives them."""
    edits: tuple[Edit, ...]
    held: bool = False

    def shown_by(self, state: State) -> bool:
        """Whether the subject has what was accepted."""
        return all(edit.shown_by(state) for edit in self.edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """Calls of one principal that a person has announced: recorded, and not undone."""

    by: str
    at: datetime
    until: datetime
    principal: str
    """ARN of the user, or of the role that issued the session, that will call."""
    call: str
    """As IAM policies spell it, such as iam:AttachUserPolicy."""

    def covers(self, change: Change) -> bool:
        """Whether a change is one of those that were announced."""
        return (
            change.actor.arn == self.principal
            and change.call.lower() == self.call.lower()
            and self.at <= change.at <= self.until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time in which nothing is undone without a person."""

    by: str
    at: datetime
    until: datetime


def finding_key(finding: Finding) -> str:
    """What makes a finding the same one again: the rule, who gained, what, and because of what."""
    told = "\n".join((finding.rule, str(finding.principal), finding.says, *finding.because))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]

"""Changes: one API call that succeeded and that we watch."""

from dataclasses import dataclass
from datetime import datetime

from lambdas.model.actor import Actor
from lambdas.model.family import Family
from lambdas.model.problem import Problem
from lambdas.model.state import Part, State
from lambdas.model.subject import Subject


@dataclass(frozen=True, slots=True)
class Edit:
    """What a call did to one part of its subject's state: set a value, or took it away (None)."""

    part: Part
    key: str
    value: str | None

    def shown_by(self, state: State) -> bool:
        """Whether the state shows this edit's effect; a part that was not read shows nothing."""
        return self.part in state.parts and state.value(self.part, self.key) == self.value

    def applied_to(self, state: State) -> State:
        """The state with this edit laid over it."""
        return state.edited(self.part, self.key, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One watched call, parsed: from here on there is no raw event.

    ``at`` has CloudTrail's resolution of one second (UTC). ``subject`` is None where the event
    does not say it (parameters omitted, cut or null), or where the catalogue does not know the
    call, which ``family`` None means. ``fingerprint`` identifies the call with its parameters, so
    that Snapback knows its own calls again.
    """

    event_id: str
    source: str
    name: str
    at: datetime
    account: str
    region: str
    actor: Actor
    fingerprint: str
    family: Family | None = None
    subject: Subject | None = None
    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def call(self) -> str:
        """The call as IAM policies spell it, such as iam:PutUserPolicy."""
        return f"{self.source.partition('.')[0]}:{self.name}"

    def unread_in(self, state: State) -> bool:
        """Whether the state lacks a part that was edited: unread is not the same as empty."""
        return any(edit.part not in state.parts for edit in self.edits)

    def shown_by(self, state: State) -> bool:
        """Whether the state shows everything that this change did."""
        return all(edit.shown_by(state) for edit in self.edits)

    def applied_to(self, state: State) -> State:
        """The state with everything that this change did laid over it."""
        for edit in self.edits:
            state = edit.applied_to(state)
        return state

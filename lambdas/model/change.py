"""Changes: one API call that succeeded and that we watch."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lambdas.model.actor import Actor
from lambdas.model.family import Family
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.source import action_of
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Subject


class Lifecycle(StrEnum):
    """What a call does to the existence of its subject, where it does anything to it."""

    CREATED = "created"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a call did to one part of its subject's state: set a value, or took it away (None).

    ``fresh`` means that the call fails where the key is there already: since it succeeded, there
    was nothing under it before, whatever is known of the state.
    """

    part: Part
    key: str
    value: str | None
    fresh: bool = False

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
    that Snapback knows its own calls again. ``own`` says that the subject is a part of Snapback, or
    something that it depends on.
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
    lifecycle: Lifecycle | None = None
    problems: tuple[Problem, ...] = ()
    own: bool = False

    @property
    def call(self) -> str:
        """The call as IAM policies spell it, such as iam:PutUserPolicy."""
        return action_of(self.source, self.name)

    @property
    def hidden(self) -> bool:
        """Whether it is a call of the catalogue of which the event does not say what it did."""
        grave = any(problem.severity >= Severity.HIGH for problem in self.problems)
        return self.family is not None and self.subject is None and grave

    @property
    def fresh(self) -> bool:
        """Whether nothing that it edited can have been there before."""
        return bool(self.edits) and all(edit.fresh for edit in self.edits)

    def unread_in(self, state: State) -> bool:
        """Whether the state lacks a part that was edited: unread is not the same as empty."""
        return any(edit.part not in state.parts for edit in self.edits)

    def shown_by(self, state: State) -> bool:
        """Whether the state shows everything that this change did to what its subject holds."""
        return all(edit.shown_by(state) for edit in self.edits)

    def shown_in(self, states: States) -> bool:
        """Whether the account shows everything that this change did."""
        if self.subject is None or self.lifecycle is Lifecycle.DELETED:
            return self.subject in states.absent
        state = states.of(self.subject)
        return state is not None and self.shown_by(state)

    def applied_to(self, state: State) -> State:
        """The state with everything that this change did laid over it."""
        for edit in self.edits:
            state = edit.applied_to(state)
        return state

    def applied_in(self, states: States, former: State) -> States:
        """The account with this change made to the former state of its subject."""
        if self.lifecycle is Lifecycle.DELETED:
            return states.without(former.subject)
        return states.having(self.applied_to(former))

    def taken_back_in(self, states: States, former: State | None) -> States:
        """The account with what this change did to its subject as it was before, and no more."""
        live = states.of(self.subject) if self.subject else None
        if self.lifecycle is Lifecycle.CREATED and live is not None:
            return states.without(live.subject)
        if self.lifecycle is Lifecycle.DELETED and former is not None:
            return states.having(former)
        return states if live is None else states.having(self._taken_back(live, former))

    def _taken_back(self, live: State, former: State | None) -> State:
        for edit in self.edits:
            value = former.value(edit.part, edit.key) if former else None
            if former is not None and edit.part is Part.DEFAULT and value is not None:
                live = _with_version(live, former, value)
            live = live.edited(edit.part, edit.key, value)
        return live


def _with_version(live: State, former: State, version: str) -> State:
    """The state with the version that was the default: nobody can delete it while it is that."""
    text = former.value(Part.VERSIONS, version)
    if text is None or version in live.parts.get(Part.VERSIONS, {version: ""}):
        return live
    return live.edited(Part.VERSIONS, version, text)

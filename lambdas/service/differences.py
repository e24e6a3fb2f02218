"""Differences: what a sweep reads that is not what was known, and which of it events explain."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lambdas.model.change import Edit, Lifecycle
from lambdas.model.incident import Incident
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind

_AWS_OWNED = "::aws:policy/"


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """A subject as it was known, and as a sweep reads it now: at least one of the two is there."""

    former: State | None
    live: State | None

    @property
    def state(self) -> State:
        """The state that there is, the live one where there are both.

        Raises:
            ValueError: there is none.
        """
        state = self.live or self.former
        if state is None:
            raise ValueError("a difference is between two states, of which one may be missing")
        return state

    @property
    def unique_id(self) -> str:
        """Of the subject."""
        return self.state.unique_id

    @property
    def is_aws_owned(self) -> bool:
        """Whether it is a policy that AWS owns: no event tells of a new version of it."""
        return self.state.subject.kind is Kind.POLICY and _AWS_OWNED in self.state.arn

    @property
    def lifecycle(self) -> Lifecycle | None:
        """What happened to the subject's existence."""
        if self.former is None:
            return Lifecycle.CREATED
        return Lifecycle.DELETED if self.live is None else None

    @property
    def since(self) -> datetime | None:
        """The moment after which it changed, as far as that is known."""
        return self.former.as_of if self.former else None

    def edits(self) -> tuple[Edit, ...]:
        """What is another value now than before, in parts that are known of both."""
        if self.live is None:
            return ()
        former = self.former.parts if self.former else {}
        return tuple(
            edit
            for part, held in self.live.parts.items()
            if (self.former is None or part in former) and not self._follows(part)
            for edit in _edits(part, former.get(part, {}), held)
        )

    def _follows(self, part: Part) -> bool:
        """Whether a part follows from others: a policy's document is that of a version."""
        return part is Part.DOCUMENT and Part.DEFAULT in self.state.parts


def unexplained(difference: Difference, incidents: Iterable[Incident]) -> tuple[Edit, ...] | None:
    """What no event tells of; None where events tell of all of it.

    Events explain what they say that they did, and nothing else: whoever hides a change behind
    another one of the same subject is found all the same.
    """
    changes = [each.change for each in incidents if _is_since(each, difference)]
    known = {(edit.part, edit.key, edit.value) for change in changes for edit in change.edits}
    left = tuple(e for e in difference.edits() if (e.part, e.key, e.value) not in known)
    if difference.lifecycle is not None:
        told = any(change.lifecycle is difference.lifecycle for change in changes)
        return None if told else left
    return left or None


def _edits(part: Part, former: Mapping[str, str], held: Mapping[str, str]) -> Iterator[Edit]:
    for key in sorted({*former, *held}):
        if former.get(key) != held.get(key):
            yield Edit(part, key, held.get(key))


def _is_since(incident: Incident, difference: Difference) -> bool:
    """Whether an incident may be of what happened since: an event's time has no fractions."""
    since = difference.since
    return since is None or incident.change.at >= since.replace(microsecond=0)

"""Doing: what of a change is new in the state after it."""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.change import Edit
from lambdas.model.state import Unknown


def done(case: Case) -> Iterator[Edit]:
    """The edits that hold after the change, unless they are known to have held before it."""
    subject = case.change.subject
    now = case.after.of(subject) if subject else None
    former = None if isinstance(case.before, Unknown) or not subject else case.before.of(subject)
    for edit in case.change.edits:
        holds = now is None or edit.part not in now.parts or edit.shown_by(now)
        if holds and (edit.fresh or former is None or not edit.shown_by(former)):
            yield edit

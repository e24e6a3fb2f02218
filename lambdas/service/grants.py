"""Grants: what an undo itself would give to whom; a forged record must not become a grant."""

from lambdas.model.case import Case
from lambdas.model.change import Change, Edit
from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.state import Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.document import DocumentError, parse
from lambdas.rules.judging import InTime, OutOfTimeError, findings_and_problems
from lambdas.service.respond import calls_for_undo

_LOSSES = frozenset({"lost-boundary", "lost-condition", "lost-deny"})
"""Rules about what no longer restricts somebody."""
_CREDENTIALS = frozenset({Part.ACCESS_KEYS, Part.LOGIN_PROFILE})
"""Parts that say how somebody gets in, and nothing of what he may do then."""


def grant(case: Case, in_time: InTime, *, foreign: bool) -> Finding | Problem | None:
    """What going from a case's live state to the planned one gives, or what could not be judged.

    That a Deny is gone which the change itself had brought is no loss to anybody: only where the
    undo is of what somebody else wrote (``foreign``) does it count. Who was not judged in time
    might be given something.
    """
    try:
        for found in findings_and_problems(case, in_time):
            if _counts(found, foreign=foreign):
                return found
    except OutOfTimeError as error:
        return Problem(f"perhaps more power for somebody: {error}")
    return None


def _counts(found: Finding | Problem, *, foreign: bool) -> bool:
    if isinstance(found, Problem):
        return found.severity.mailed
    is_own_loss = found.rule in _LOSSES and not foreign
    return found.principal is not None and calls_for_undo(found) and not is_own_loss


def only_takes_away(change: Change, former: State | None, states: States) -> bool:
    """Whether nothing but what allows is taken away, which can give nobody anything.

    That holds whatever else could not be read or judged: whoever attaches what no parser knows to
    his victim must not thereby prevent the undo of his attack.
    """
    return former is not None and all(_only_allows(edit, former, states) for edit in change.edits)


def _only_allows(edit: Edit, former: State, states: States) -> bool:
    if edit.value is None or former.value(edit.part, edit.key) is not None:
        return False
    if edit.part in _CREDENTIALS:
        return True
    texts = _texts(edit, states)
    return texts is not None and not any(map(_may_deny, texts))


def _texts(edit: Edit, states: States) -> list[str] | None:
    """The documents that an edit lends; None where that is not all known."""
    if edit.part is Part.INLINE and edit.value is not None:
        return [edit.value]
    if edit.part is Part.ATTACHED:
        policy = states.of(Subject(Kind.POLICY, edit.key))
        held = policy.parts.get(Part.DOCUMENT) if policy else None
        return [*held.values()] if held else None
    if edit.part is Part.GROUPS:
        return _of_group(states.of(Subject(Kind.GROUP, edit.key)), states)
    return None


def _of_group(group: State | None, states: States) -> list[str] | None:
    if group is None or not group.parts.keys() >= {Part.INLINE, Part.ATTACHED}:
        return None
    found = [*group.parts[Part.INLINE].values()]
    for arn, name in group.parts[Part.ATTACHED].items():
        texts = _texts(Edit(Part.ATTACHED, arn, name), states)
        if texts is None:
            return None
        found += texts
    return found


def _may_deny(text: str) -> bool:
    try:
        return parse(text).forbids
    except DocumentError:
        return True

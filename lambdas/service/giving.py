"""Giving back: which undos would hand out power again, and so wait for a person."""

from collections.abc import Callable, Mapping

from lambdas.calls.managed_policy import may_be_attached
from lambdas.model.change import Change, Edit
from lambdas.model.state import SWITCHED, Part, States
from lambdas.model.subject import Kind, Subject
from lambdas.policy.document import DocumentError, Effect, parse


def gives_back(change: Change, before: States) -> str | None:
    """Why an undo waits for a person because it would give; None where it gives nothing.

    What a boundary, a trail or a policy that only denies does is to restrict: putting these back
    gives nothing. Whether a document restricts only must be certain, or it is taken to give.
    """
    former = before.of(change.subject) if change.subject else None
    if former is None:
        return None
    for edit in change.edits:
        gift = _GIFTS.get(edit.part)
        value = former.value(edit.part, edit.key)
        if gift and not edit.shown_by(former) and (what := gift(edit, value, before)):
            return f"undoing it would {what}, and what gives power waits for a person"
    return None


def _managed(edit: Edit, _: str | None, before: States) -> str | None:
    policy = before.of(Subject(Kind.POLICY, edit.key))
    documents = policy.parts.get(Part.DOCUMENT, {}) if policy else {}
    restricts = documents and all(map(_only_denies, documents.values()))
    if edit.value is not None or (restricts and may_be_attached(edit.key)):
        return None
    return f"attach managed policy {edit.key} again"


def _inline(edit: Edit, former: str | None, _: States) -> str | None:
    if edit.value is not None or former is None or _only_denies(former):
        return None
    return f"write inline policy {edit.key} again"


def _membership(edit: Edit, _: str | None, __: States) -> str | None:
    return None if edit.value is not None else f"make it a member of group {edit.key} again"


def _boundary(_: Edit, former: str | None, __: States) -> str | None:
    return None if former is not None else "delete its permissions boundary"


def _key(edit: Edit, former: str | None, _: States) -> str | None:
    return f"activate {edit.part.one} {edit.key} again" if former == "Active" else None


def _name(_: Edit, __: str | None, ___: States) -> str:
    """Policies that name a user or group by its ARN apply to it under one name or path only."""
    return "give it its former name or path back"


_GIFTS: Mapping[Part, Callable[[Edit, str | None, States], str | None]] = {
    Part.ATTACHED: _managed,
    Part.INLINE: _inline,
    Part.GROUPS: _membership,
    Part.BOUNDARY: _boundary,
    **dict.fromkeys(SWITCHED, _key),
    Part.NAME: _name,
    Part.PATH: _name,
}
"""Part of a state -> what undoing an edit of it would give, in words."""


def _only_denies(text: str) -> bool:
    try:
        statements = parse(text).statements
    except DocumentError:
        return False
    return all(statement.effect is Effect.DENY for statement in statements)

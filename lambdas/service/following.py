"""Following: users and groups that go by another name when a change is handled than in its event.

Whoever is renamed keeps what the change gave; only who is deleted has lost it.
"""

from collections.abc import Callable
from dataclasses import replace

from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import Part, States
from lambdas.model.subject import RENAMED, Kind, Subject
from lambdas.service.ports import Account

KnownId = Callable[[Subject], str | None]
"""The unique id that a subject is known to have had under its name."""


def followed(change: Change, states: States, account: Account, known_id: KnownId) -> Change:
    """The change with its subject, and the groups that it names, as they are called now.

    A name that IAM took in another case is spelled as the group's own: IAM tells them apart by
    case nowhere, and lists them in their own.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    edits = tuple(_edit(edit, states, account, known_id) for edit in change.edits)
    subject = change.subject and _subject(change, change.subject, states, account, known_id)
    if subject == change.subject:
        return change if edits == change.edits else replace(change, edits=edits)
    says = f"{change.subject} goes by the name {subject.name if subject else ''} now"
    problems = (*change.problems, Problem(says, Severity.LOW))
    return replace(change, edits=edits, subject=subject, problems=problems)


def _subject(
    change: Change, subject: Subject, states: States, account: Account, known_id: KnownId
) -> Subject:
    if subject.kind not in RENAMED or change.lifecycle is Lifecycle.DELETED:
        return subject
    known, live = known_id(subject), states.of(subject)
    is_unread = live is None and subject not in states.absent
    if known is None or is_unread or (live is not None and live.unique_id == known):
        return subject
    return _called(subject, known, account)


def _edit(edit: Edit, states: States, account: Account, known_id: KnownId) -> Edit:
    if edit.part is not Part.GROUPS:
        return edit
    group = Subject(Kind.GROUP, edit.key)
    state = states.of(group)
    name = state.value(Part.NAME) if state else None
    if group in states.absent and (known := known_id(group)) is not None:
        name = _called(group, known, account).name
    if name is None or name == edit.key:
        return edit
    return replace(edit, key=name, value=None if edit.value is None else name)


def _called(subject: Subject, unique_id: str, account: Account) -> Subject:
    name = account.name_of(subject.kind, unique_id)
    return subject if name is None else Subject(subject.kind, name)

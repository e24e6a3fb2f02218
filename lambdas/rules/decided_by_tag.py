"""A tag changed by which policies decide: who may set it says what they allow.

Policies compare tags of whoever asks, and of what is asked about, and what a tag allows is not
worked out: that a policy asks for it is enough to be told. Where none of those that were read does,
it goes into the digest, because policies elsewhere may: other principals', or a bucket's.
https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
"""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.change import Edit
from lambdas.model.family import Family
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.state import Part, State, Unknown
from lambdas.model.subject import PRINCIPALS, Subject
from lambdas.policy.document import DocumentError, Statement, parse

_OF_RESOURCES = ("aws:resourcetag/", "iam:resourcetag/")
_OF_PRINCIPALS = ("aws:principaltag/", *_OF_RESOURCES)
_DOCUMENTS = {
    Part.INLINE: 'inline policy "{key}" of {subject}',
    Part.DOCUMENT: "{subject} ({key})",
    Part.TRUST: "the trust policy of {subject}",
}
"""Part with documents -> what one of them is called."""
_NAMED = 4
"""Documents that a finding names."""


def decided_by_tag(case: Case) -> Iterator[Finding]:
    """Every tag that a call changed and by which a policy decides; all others together."""
    subject = case.change.subject
    if subject is None or case.change.family is not Family.TAGS:
        return
    others: list[str] = []
    for edit in _changed(case, subject):
        found = tuple(dict.fromkeys(_deciding(case, subject, edit.key)))
        if found:
            yield _finding(subject, edit, found)
        else:
            others.append(edit.key)
    if others:
        says = f"changed of {subject}, by which no policy that was read decides: tag"
        yield _told(f"{says} {', '.join(others)}", Severity.LOW, subject)


def _changed(case: Case, subject: Subject) -> Iterator[Edit]:
    """What the call left that is still so, and is not known to have been so before."""
    after = case.after.of(subject)
    former = None if isinstance(case.before, Unknown) else case.before.of(subject)
    for edit in case.change.edits:
        is_gone = after is not None and not edit.shown_by(after)
        if not is_gone and not (former and edit.shown_by(former)):
            yield edit


def _deciding(case: Case, subject: Subject, key: str) -> Iterator[str]:
    """The documents among those that were read that ask for a tag."""
    prefixes = _OF_PRINCIPALS if subject.kind in PRINCIPALS else _OF_RESOURCES
    wanted = frozenset(f"{prefix}{key}".casefold() for prefix in prefixes)
    for state in case.after.known.values():
        yield from _asking(state, wanted)


def _asking(state: State, wanted: frozenset[str]) -> Iterator[str]:
    for part, called in _DOCUMENTS.items():
        for key, text in state.parts.get(part, {}).items():
            if _asks(text, wanted):
                yield called.format(key=key, subject=state.subject)


def _asks(text: str, wanted: frozenset[str]) -> bool:
    """Whether a document asks for one of these keys; of no valid document its words decide."""
    try:
        statements = parse(text).statements
    except DocumentError:
        return any(key in text.casefold() for key in wanted)
    return any(_uses(statement, wanted) for statement in statements)


def _uses(statement: Statement, wanted: frozenset[str]) -> bool:
    """Whether it has one as a condition key, or as a policy variable."""
    asked = tuple(statement.condition.values())
    if any(key.casefold() in wanted for keys in asked for key in keys):
        return True
    values = (str(value) for keys in asked for held in keys.values() for value in held)
    texts = (*(statement.resources or ()), *(statement.not_resources or ()), *values)
    return any(f"${{{key}" in text.casefold() for key in wanted for text in texts)


def _finding(subject: Subject, edit: Edit, found: tuple[str, ...]) -> Finding:
    now = "is not set any more" if edit.value is None else f'is "{edit.value}" now'
    more = (f"and {len(found) - _NAMED} more",) if len(found) > _NAMED else ()
    says = f"policies decide by tag {edit.key} of {subject}, which {now}"
    return _told(says, Severity.MEDIUM, subject, (*found[:_NAMED], *more))


def _told(
    says: str, severity: Severity, subject: Subject, because: tuple[str, ...] = ()
) -> Finding:
    return Finding(
        rule="decided-by-tag",
        says=says,
        severity=severity,
        principal=subject if subject.kind in PRINCIPALS else None,
        because=because,
    )

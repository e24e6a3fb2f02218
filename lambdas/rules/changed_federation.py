"""An identity provider was made, changed or deleted, or the account's own tokens are for outside.

A role that trusts a provider lets in whomever the provider vouches for: whoever makes one, or
replaces what shows that it is the provider, can be anybody to such a role.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html
"""

from collections.abc import Iterator, Mapping

from lambdas.model.case import Case
from lambdas.model.change import Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part
from lambdas.rules.doing import done

_LIFECYCLE: Mapping[Lifecycle, tuple[Severity, str]] = {
    Lifecycle.CREATED: (Severity.HIGH, "{} is new: a role that trusts it lets in its users"),
    Lifecycle.DELETED: (Severity.MEDIUM, "{} was deleted: its users do not come in any more"),
}
_WROTE: Mapping[tuple[Part, str | None], tuple[Severity, str]] = {
    (Part.CLIENT_IDS, None): (
        Severity.HIGH,
        "{} now vouches for the users of one more application: client id {key}",
    ),
    (Part.SETTINGS, "ThumbprintList"): (
        Severity.HIGH,
        "servers with other certificates can now speak for {}: its thumbprints were replaced",
    ),
    (Part.SETTINGS, "SAMLMetadataDocument"): (
        Severity.CRITICAL,
        "whoever has the keys of the new metadata can now say who a user of {} is",
    ),
    (Part.SETTINGS, "AssertionEncryptionMode"): (
        Severity.MEDIUM,
        "{} now also takes what is not encrypted",
    ),
    (Part.OUTBOUND_FEDERATION, ONLY): (
        Severity.HIGH,
        "principals of {} can now get tokens that prove to outside services who they are",
    ),
}
"""What was set -> how grave that is, and what it means; None is for any key."""
_REMOVED: Mapping[Part, tuple[Severity, str]] = {
    Part.CLIENT_IDS: (Severity.LOW, "{} does not vouch for users of client id {key} any more"),
    Part.OUTBOUND_FEDERATION: (
        Severity.MEDIUM,
        "principals of {} cannot get tokens for outside services any more",
    ),
}
_KEYS = (Severity.LOW, "a private key of {} was added or removed")
_STRICT = "Required"


def changed_federation(case: Case) -> Iterator[Finding]:
    """A new way in for outsiders, a way in that somebody else can now speak for, or one less."""
    change = case.change
    if change.family is not Family.FEDERATION or change.subject is None:
        return
    if change.lifecycle is not None:
        yield from _lived(case, change.lifecycle)
    elif not change.edits:
        yield _finding(case, *_KEYS)
    for edit in done(case):
        if edit.value != _STRICT:
            yield _edited(case, edit)


def _lived(case: Case, lifecycle: Lifecycle) -> Iterator[Finding]:
    """Unless it has come to nothing meanwhile."""
    subject = case.change.subject
    is_there = subject is not None and case.after.of(subject) is not None
    if is_there is (lifecycle is Lifecycle.CREATED):
        yield _finding(case, *_LIFECYCLE[lifecycle])


def _edited(case: Case, edit: Edit) -> Finding:
    if edit.value is None:
        return _finding(case, *_REMOVED[edit.part], key=edit.key)
    found = _WROTE.get((edit.part, edit.key)) or _WROTE[edit.part, None]
    return _finding(case, *found, key=edit.key)


def _finding(case: Case, severity: Severity, says: str, key: str = "") -> Finding:
    return Finding(
        rule="changed-federation",
        says=says.format(case.change.subject, key=key),
        severity=severity,
    )

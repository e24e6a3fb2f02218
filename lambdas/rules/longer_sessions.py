"""Sessions of a role may last longer: whoever has stolen one can use it for that long.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html
"""

from collections.abc import Iterator

from lambdas.model.case import Case
from lambdas.model.change import Edit
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.state import Part, Unknown
from lambdas.model.subject import Subject

_SETTING = "MaxSessionDuration"
_HOUR = 3600


def longer_sessions(case: Case) -> Iterator[Finding]:
    """A longest session that is longer than before, or than the default where that is not known."""
    role = case.change.subject
    for edit in case.change.edits:
        if role is not None and (edit.part, edit.key) == (Part.SETTINGS, _SETTING):
            yield from _longer(case, role, edit)


def _longer(case: Case, role: Subject, edit: Edit) -> Iterator[Finding]:
    after = case.after.of(role)
    former = None if isinstance(case.before, Unknown) else case.before.of(role)
    was = former.value(Part.SETTINGS, _SETTING) if former else None
    if after is not None and not edit.shown_by(after):
        return
    if int(edit.value or 0) > int(was or _HOUR):
        before = f", and could last {was} s" if was else ""
        yield Finding(
            rule="longer-sessions",
            says=f"sessions of {role} may last {edit.value} s{before}",
            severity=Severity.LOW,
            principal=role,
        )

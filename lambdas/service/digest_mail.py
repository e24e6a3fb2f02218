"""The digest's mail: incidents in a line each, those of the same kind in one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lambdas.model.finding import Finding
from lambdas.model.incident import Incident
from lambdas.model.mail import Mail
from lambdas.model.problem import Problem
from lambdas.model.subject import Kind
from lambdas.service.wording import shown

MOST_SUBJECTS = 5
"""Subjects that one line names."""
MOST_NAMED = 50
"""Kinds of change, and lost incidents, that a digest names: the records hold all."""

_NEXT = (
    "Ask about what you would not expect of whoever did it.",
    "What a call that is not in the catalogue gave is not judged: look at what it did.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a digest tells of one incident; its texts are safe for a mail.

    ``says`` is the worst of what was found, or, unless ``found``, of what could not be judged.
    """

    id: str
    at: datetime
    account: str
    call: str
    actor: str
    kind: Kind | None
    """Of the subject."""
    subject: str
    says: str
    found: bool


def entry(incident: Incident) -> Entry:
    """What a digest tells of an incident of low severity."""
    change, verdict = incident.change, incident.verdict
    reasons: tuple[Finding | Problem, ...] = (*verdict.findings, *verdict.problems)
    return Entry(
        id=shown(incident.id),
        at=change.at,
        account=shown(change.account, 20),
        call=shown(change.call),
        actor=shown(str(change.actor)),
        kind=change.subject.kind if change.subject else None,
        subject=shown(str(change.subject)) if change.subject else "an unknown target",
        says=shown(max(reasons, key=lambda reason: reason.severity).says),
        found=bool(verdict.findings),
    )


def digest_mail(entries: Sequence[Entry], *, lost: Sequence[str] = (), later: int = 0) -> Mail:
    """The mail that tells of incidents, the oldest first.

    ``lost`` are the ids of those that cannot be read, ``later`` is how many are left for the next.
    """
    count = f"{len(entries) + len(lost)} changes of low severity"
    account = entries[0].account if entries else "not known"
    lines = (
        f"LOW: {count}. Nobody was mailed about them before, and nothing was undone.",
        "",
        *_named(_kinds(entries)),
        *_left(lost, later),
        "",
        "WHAT TO DO NEXT",
        *(f"  - {step}" for step in _NEXT),
    )
    return Mail(f"[LOW] {count} (account {account})", "\n".join(lines) + "\n")


def _kinds(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The same call by the same actor on the same kind of subject, together.

    Those in which a rule found something come first: the noise is in the others.
    """
    kinds: dict[tuple[str, str, Kind | None], list[Entry]] = {}
    for each in entries:
        kinds.setdefault((each.call, each.actor, each.kind), []).append(each)
    return sorted(kinds.values(), key=lambda kind: not any(each.found for each in kind))


def _named(kinds: Sequence[Sequence[Entry]]) -> Iterator[str]:
    for number, kind in enumerate(kinds[:MOST_NAMED], 1):
        yield f"  {number}. {_line(kind)}"
    rest = kinds[MOST_NAMED:]
    if rest:
        count = sum(len(kind) for kind in rest)
        yield f"  and {len(rest)} more kinds, {count} changes in all, in the incidents' records"


def _line(kind: Sequence[Entry]) -> str:
    """One line for all; those in which something was found are named first."""
    ordered = sorted(kind, key=lambda each: not each.found)
    named = ordered[0]
    distinct = list(dict.fromkeys(each.subject for each in ordered))
    others = len(distinct) - MOST_SUBJECTS
    more = f" and {others} more" if others > 0 else ""
    subjects = ", ".join(distinct[:MOST_SUBJECTS]) + more
    return (
        f"{_times(kind)}: {named.call} on {subjects}, by {named.actor}: {named.says}"
        f" (incident {named.id})"
    )


def _times(kind: Sequence[Entry]) -> str:
    moments = sorted(each.at for each in kind)
    first, last = (f"{moment:%Y-%m-%d %H:%M:%S} UTC" for moment in (moments[0], moments[-1]))
    return first if len(kind) == 1 else f"{len(kind)} times, {first} to {last}"


def _left(lost: Sequence[str], later: int) -> Iterator[str]:
    if lost:
        ids = ", ".join(shown(each) for each in lost[:MOST_NAMED])
        yield f"  {len(lost)} incidents cannot be read any more, the first ones: {ids}"
    if later:
        yield f"  {later} more follow in the next digest"

"""Somebody changed a part of Snapback itself, or of what it depends on.

Whoever wants to do something unseen begins here: a watch disabled, a function without concurrency,
a subscription ended, or the account's other sensors switched off.
https://attack.mitre.org/techniques/T1562/
"""

from collections.abc import Iterator

from lambdas.model.arn import Arn
from lambdas.model.case import Case
from lambdas.model.change import Change
from lambdas.model.finding import Finding
from lambdas.model.severity import Severity
from lambdas.model.state import Part
from lambdas.model.subject import FED, PARTS, WATCHFUL, Kind, Subject
from lambdas.rules.tampering import TAMPERING, UNLISTED, Meaning

_JOBS = {
    "Alerts": "telling people",
    "Crowds": "telling of many changes together",
    "DeadLetters": "keeping what failed",
    "Decide": "taking people's decisions",
    "Deployments": "reading the account after a deployment",
    "Each": "waking Snapback at fixed times",
    "Evaluate": "judging changes",
    "Records": "remembering what was there before",
    "Sweep": "reading the whole account",
    "Undo": "undoing changes",
    "Watches": "bringing changes",
}
"""What stands in the name of a part of the stack -> what the part is for; the first one counts."""


def tampered(case: Case) -> Iterator[Finding]:
    """A call on a part of Snapback, a role of its own included, or on what it depends on."""
    change, subject = case.change, case.change.subject
    if not change.own or subject is None:
        return
    meaning = _meaning(change)
    yield Finding(
        rule="tampered",
        says=f"{named(subject)} {meaning.says}",
        severity=meaning.severity,
        because=(f"{change.actor.name} called {change.call}",),
    )


def named(subject: Subject) -> str:
    """A part in words: what it is, what it is called, and what it is for."""
    arn = Arn.parse(subject.name)
    name = subject.name if arn is None else _short(arn, subject.kind)
    if subject.kind in WATCHFUL:
        return f"{subject.kind} {name} in {arn.region if arn else 'an unknown region'}"
    whose = "" if subject.kind in FED else "Snapback's "
    job = next((job for word, job in _JOBS.items() if word in name), None)
    return f"{whose}{subject.kind} {name}" + (f" ({job})" if job else "")


def _short(arn: Arn, kind: Kind) -> str:
    """The name that people know: an ARN's resource without its type."""
    if kind is Kind.SUBSCRIPTION:
        return arn.resource
    if kind is Kind.LOG_GROUP:
        return arn.resource.removeprefix("log-group:")
    return arn.name.rpartition(":")[2]


def _meaning(change: Change) -> Meaning:
    set_to = {edit.key: edit.value for edit in change.edits if edit.part is Part.SETTINGS}
    if change.subject is None or change.subject.kind not in PARTS:
        return Meaning(Severity.HIGH, "was changed: it is a role or policy of Snapback's own")
    meanings = TAMPERING.get(change.call, UNLISTED)
    return next(each for each in meanings if each.when.items() <= set_to.items())

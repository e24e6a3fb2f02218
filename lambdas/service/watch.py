"""Watching: each minute, whether the sensor still works; what does not is told until it does."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

from lambdas.model.check import Check, Health
from lambdas.model.fault import Fault
from lambdas.model.incident import Alert, incident_id
from lambdas.service.checking import Question, ask
from lambdas.service.checks import A_LOOK_LATER, CHECKS
from lambdas.service.evaluate import evaluate
from lambdas.service.owed import send_owed
from lambdas.service.ports import AlertNotSentError
from lambdas.service.watch_changes import undone_changes
from lambdas.service.watch_incidents import fault_incident
from lambdas.service.watch_mail import end_mail, fault_mail
from lambdas.service.watching import Watching

T = TypeVar("T")
AGAIN = timedelta(minutes=59)
"""After so long a fault that lasts is told again: hourly, by a clock that is a little late."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a run of the clock found and did."""

    checks: tuple[Check, ...]
    alerts_sent: int
    """Incidents about which mail was owed."""

    @property
    def good(self) -> bool:
        """Whether all is well."""
        return all(check.state is Health.OK for check in self.checks)


def watch(of: Watching) -> Watched:
    """Send what is owed, ask every question, and follow each fault from its first mail to its end.

    None of it keeps another from being done.

    Raises:
        AlertNotSentError: mail cannot be handed over.
    """
    unpaid: list[Exception] = []
    evaluation = of.evaluation
    sent = _done(
        partial(send_owed, evaluation.records, evaluation.alerts, of.checking.clock), unpaid
    )
    # What cannot be sent is found by the check of the mails, as a fault of its own.
    errors = [error for error in unpaid if not isinstance(error, AlertNotSentError)]
    lasting = {fault.name: fault for fault in of.faults.lasting()}
    checks = []
    for question in CHECKS:
        check = ask(question, of.checking)
        checks.append(check)
        _done(partial(_follow, question, check, lasting.get(check.name), of), errors)
    _raise(errors)
    return Watched(tuple(checks), sent or 0)


def _done(job: Callable[[], T], errors: list[Exception]) -> T | None:
    try:
        return job()
    except Exception as error:  # noqa: BLE001 - raised by the caller, after the other jobs
        errors.append(error)
        return None


def _raise(errors: list[Exception]) -> None:
    if errors:
        for further in errors[1:]:
            errors[0].add_note(f"and {type(further).__name__}: {further}")
        raise errors[0]


def _follow(question: Question, check: Check, fault: Fault | None, of: Watching) -> None:
    """Tell of a fault that is new, spreads, or has lasted an hour more, and of its end."""
    now = of.checking.clock.now()
    if check.state is Health.OK:
        if fault is not None:
            _end(check, fault, of)
        return
    fault = fault or Fault(name=check.name, since=now)
    of.faults.keep(fault)
    is_unsure = check.state is Health.UNKNOWN
    patience = max(question.patience, A_LOOK_LATER) if is_unsure else question.patience
    if fault.told is None:
        if now - fault.since >= patience:
            _first_told(question, check, fault, of)
        return
    if now - fault.told >= AGAIN or {*check.parts} - {*fault.parts}:
        of.evaluation.alerts.send(fault_mail(question, check, fault, of.account))
        of.faults.keep(replace(fault, told=now, parts=check.parts))


def _first_told(question: Question, check: Check, fault: Fault, of: Watching) -> None:
    """Make a fault an incident, or several where it has an undo, and tell of it.

    Each is written before its mail goes out, so that it is owed if that fails.

    Raises:
        AlertNotSentError: mail about it is owed.
    """
    failures: list[Exception] = []
    changes = undone_changes(check, fault, of)
    incidents = [incident_id(change.event_id, change.at) for change in changes]
    for change in changes:
        _done(partial(evaluate, change, of.evaluation), failures)
    if not changes:
        incident = fault_incident(question, check, fault, of)
        incidents.append(incident.id)
        mail = fault_mail(question, check, replace(fault, incident=incident.id), of.account)
        of.evaluation.records.save(incident)
        _done(partial(of.evaluation.alerts.send, mail), failures)
        if not failures:
            of.evaluation.records.save(replace(incident, alert=Alert.SENT))
    if all(isinstance(failure, AlertNotSentError) for failure in failures):
        now = of.checking.clock.now()
        of.faults.keep(replace(fault, incident=incidents[0], told=now, parts=check.parts))
    _raise(failures)


def _end(check: Check, fault: Fault, of: Watching) -> None:
    """Tell of its end, if its beginning was told."""
    if fault.told is not None:
        of.evaluation.alerts.send(
            end_mail(check, fault, at=of.checking.clock.now(), account=of.account)
        )
    of.faults.forget(fault)

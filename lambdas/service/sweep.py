"""Sweeping: the whole account read into the histories, owed alerts and the digest sent."""

from dataclasses import dataclass

from lambdas.model.problem import Problem
from lambdas.service.digest import send_digest
from lambdas.service.owed import send_owed
from lambdas.service.past import remember
from lambdas.service.ports import Account, Alerts, Clock, Records


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did."""

    subjects: int
    alerts_sent: int
    digested: int
    """Incidents that the digest told of."""


class SweepIncompleteError(Exception):
    """Part of the account could not be read; what could be is in the histories."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.says for problem in problems))


def sweep(account: Account, records: Records, alerts: Alerts, clock: Clock) -> Swept:
    """Send what is owed, read everything into the histories, and send the digest if it is due.

    None of them keeps another from being done; the least urgent comes last.

    Raises:
        SweepIncompleteError: part of the account could not be read.
        AlertNotSentError: mail still cannot be handed over.
    """
    try:
        sent = send_owed(records, alerts)
    finally:
        try:
            subjects, problems = _remembered(account, records)
        finally:
            digested = send_digest(records, alerts, clock)
    if problems:
        raise SweepIncompleteError(problems)
    return Swept(subjects, sent, digested)


def _remembered(account: Account, records: Records) -> tuple[int, tuple[Problem, ...]]:
    subjects = 0
    problems: tuple[Problem, ...] = ()
    for states in account.everything():
        remember(states.known.values(), records)
        subjects += len(states.known)
        problems += states.problems
    return subjects, problems

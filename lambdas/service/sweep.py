"""Sweeping: the whole account read into the histories, and owed alerts sent."""

from dataclasses import dataclass

from lambdas.model.problem import Problem
from lambdas.service.evaluate import send_owed
from lambdas.service.past import remember
from lambdas.service.ports import Account, Alerts, Records


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did."""

    subjects: int
    alerts_sent: int


class SweepIncompleteError(Exception):
    """Part of the account could not be read; what could be is in the histories."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.says for problem in problems))


def sweep(account: Account, records: Records, alerts: Alerts) -> Swept:
    """Send what is owed, and read everything into the histories, page by page.

    Neither keeps the other from being done.

    Raises:
        SweepIncompleteError: part of the account could not be read.
        AlertNotSentError: mail still cannot be handed over.
    """
    try:
        sent = send_owed(records, alerts)
    finally:
        subjects, problems = _remembered(account, records)
    if problems:
        raise SweepIncompleteError(problems)
    return Swept(subjects, sent)


def _remembered(account: Account, records: Records) -> tuple[int, tuple[Problem, ...]]:
    subjects = 0
    problems: tuple[Problem, ...] = ()
    for states in account.everything():
        remember(states.known.values(), records)
        subjects += len(states.known)
        problems += states.problems
    return subjects, problems

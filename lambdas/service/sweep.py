"""Sweeping: the whole account read into the histories, and owed alerts sent."""

from dataclasses import dataclass

from lambdas.model.problem import Problem
from lambdas.service.evaluate import send_owed
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
    """Read everything into the histories, page by page, then send what is owed.

    Raises:
        SweepIncompleteError: part of the account could not be read.
        AlertNotSentError: mail still cannot be handed over.
    """
    subjects = 0
    problems: tuple[Problem, ...] = ()
    for states in account.everything():
        records.remember(states.known.values())
        subjects += len(states.known)
        problems += states.problems
    if problems:
        raise SweepIncompleteError(problems)
    return Swept(subjects, send_owed(records, alerts))

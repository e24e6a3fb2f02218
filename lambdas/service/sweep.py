"""Sweeping: the whole account read, so that a state from before the next change is known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from lambdas.model.problem import Problem
from lambdas.model.state import State, States
from lambdas.model.subject import Subject
from lambdas.service.claims import alone
from lambdas.service.digest import send_digest
from lambdas.service.owed import send_owed
from lambdas.service.ports import Account
from lambdas.service.refresh import is_first, refresh
from lambdas.service.standing import tell_standing
from lambdas.service.sweeping import Sweeping

T = TypeVar("T")
LONGEST = timedelta(minutes=15, seconds=5)
"""How long a sweep may take: a little more than its function's timeout."""
_UNREAD = (Problem("the account was not read to its end"),)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did."""

    subjects: int
    alerts_sent: int
    unannounced: int
    """Incidents of changes that no event told of."""
    standing: int
    """Principals that are administrator, can become it, or could not be judged."""
    digested: int
    """Incidents that the digest told of."""


class SweepIncompleteError(Exception):
    """Part of the account could not be read; what could be is in the histories."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.says for problem in problems))


def sweep(of: Sweeping, *, after: int = 0) -> Swept | None:
    """Send what is owed, read the whole account, and tell of what it shows.

    One at a time: two would tell of the same twice. None where another one has done all of it
    since this one was asked for. ``after`` are seconds to wait before any of it.

    Raises:
        SweepIncompleteError: part of the account could not be read.
        AlertNotSentError: mail still cannot be handed over.
        HeldError: another one is under way and has not come to an end.
    """
    if after:
        of.clock.sleep(after)
    with alone("sweep", of.records, of.clock, lease=LONGEST) as is_due:
        return _swept(of) if is_due else None


def _swept(of: Sweeping) -> Swept:
    """None of it keeps another from being done; the least urgent comes last."""
    errors: list[Exception] = []
    sent = _done(partial(send_owed, of.records, of.alerts, of.clock), errors)
    known: dict[Subject, State] = {}
    problems = _done(partial(_read, of.account, known), errors)
    whole = States(known, _UNREAD if problems is None else problems)
    first = _done(partial(is_first, of), errors)
    unannounced = _done(partial(refresh, whole, of, ended=problems is not None), errors)
    tells = partial(tell_standing, whole, of, first=bool(first))
    standing = None if problems is None else _done(tells, errors)
    digested = _done(partial(send_digest, of.records, of.alerts, of.clock), errors)
    if problems == ():
        _done(lambda: of.records.swept(of.clock.now()), errors)
    if problems:
        errors.append(SweepIncompleteError(problems))
    if errors:
        for further in errors[1:]:
            errors[0].add_note(f"and {type(further).__name__}: {further}")
        raise errors[0]
    return Swept(len(known), sent or 0, unannounced or 0, standing or 0, digested or 0)


def _done(job: Callable[[], T], errors: list[Exception]) -> T | None:
    try:
        return job()
    except Exception as error:  # noqa: BLE001 - raised by the caller, after the other jobs
        errors.append(error)
        return None


def _read(account: Account, known: dict[Subject, State]) -> tuple[Problem, ...]:
    """Add everybody who is read, also where the account is not read to its end."""
    problems: list[Problem] = []
    for states in account.everything():
        known.update(states.known)
        problems.extend(states.problems)
    return tuple(problems)

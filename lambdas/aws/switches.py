"""The sweep's users with the credentials that are active or not, which no page of them holds."""

from collections.abc import Iterable, Mapping
from concurrent.futures import TimeoutError as NotDoneError
from dataclasses import replace
from functools import partial
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

from lambdas.aws import details
from lambdas.aws.building import Building
from lambdas.aws.credentials import switched
from lambdas.aws.lookup import Lookup
from lambdas.aws.reads import Problems, Read, start
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import SWITCHED, State, States
from lambdas.model.subject import Subject

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

PAGE = 25
"""Users read at a time: few, because a state counts as of the moment when its page was asked for.

What is activated after that moment and shown by it would look as if it had been so before.
"""
PATIENCE = 10.0
"""Seconds for the credentials of one page; what comes later is too far from that moment."""
DEADLINE = 480.0
"""Seconds for the credentials of all users: the sweep has 900 for everything."""


def users(iam: "IAMClient") -> Iterable[States]:
    """The states of all users, page by page, and at last of how many something was not read.

    Such a user's state lacks these parts; a change of them is then told and not undone.
    """
    until, unread, problems = monotonic() + DEADLINE, 0, dict[Problem, None]()
    for page in details.users(iam, PAGE):
        seconds = min(PATIENCE, until - monotonic())
        whole = _with_credentials(iam, page, seconds) if seconds > 0 else page
        unread += sum(not state.parts.keys() >= {*SWITCHED} for state in whole.known.values())
        problems |= dict.fromkeys(whole.problems)
        yield replace(whole, problems=())
    says = f"credentials of {unread} users were not read: their former status is not known"
    summed = (Problem(says, Severity.MEDIUM),) if unread else ()
    yield States({}, (*problems, *summed))


def _with_credentials(iam: "IAMClient", page: States, seconds: float) -> States:
    """The page's states, with all of their credentials that could be read in time."""
    problems, over = Problems(), Event()
    lookup = Lookup(iam, problems, _none, None)
    built = {state.subject: Building(state.subject, state.as_of) for state in page.known.values()}
    reads = (read for building in built.values() for read in switched(lookup, building))
    done = start(partial(_unless, over, read) for read in reads)
    try:
        done.result(seconds)
    except NotDoneError:
        over.set()
    known = {each: _joined(state, built[each]) for each, state in page.known.items()}
    return States(known, _few(problems))


def _joined(state: State, building: Building) -> State:
    return replace(state, parts={**state.parts, **building.parts()})


def _few(problems: Problems) -> tuple[Problem, ...]:
    """One of a page's failed reads stands for all: where one is refused, most are.

    They are of parts: nobody was missed.
    """
    return tuple(replace(each, severity=Severity.MEDIUM) for each in problems.all()[:1])


def _unless(over: Event, read: Read) -> Iterable[Read]:
    return () if over.is_set() else read()


def _none(subject: Subject, known: Mapping[str, Any] | None = None) -> Iterable[Read]:  # noqa: ARG001  # the names are those of the protocol
    """No credential leads to another subject."""
    return ()

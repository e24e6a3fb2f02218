"""Reads: many API reads at once, each of which may lead to more."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache
from threading import Lock
from typing import TypeVar

from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError

from lambdas.aws.clients import POOL
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity

T = TypeVar("T")
_ABSENT = frozenset(
    {
        "AWS.SimpleQueueService.NonExistentQueue",
        "NotFound",
        "QueueDoesNotExist",
        "ResourceNotFoundException",
    }
)

Read = Callable[[], Iterable["Read"]]
"""One API read: notes what it learned and gives the reads that follow from it."""


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(POOL, thread_name_prefix="read")


@cache
def _drainers() -> ThreadPoolExecutor:
    """Apart from the pool of the reads, so that a drain never waits for a place of its own."""
    return ThreadPoolExecutor(POOL, thread_name_prefix="drain")


def drain(first: Iterable[Read]) -> None:
    """Make the reads and all that follow from them, as many at once as there are connections."""
    pending: set[Future[Iterable[Read]]] = {_pool().submit(read) for read in first}
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        pending |= {_pool().submit(read) for each in done for read in each.result()}


def start(first: Iterable[Read]) -> "Future[None]":
    """Begin to drain in the background; the future's result is there when all is read."""
    return _drainers().submit(drain, tuple(first))


class Problems:
    """What could not be read, gathered by many threads."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._lock = Lock()

    def all(self) -> tuple[Problem, ...]:
        """All that was gathered, in a fixed order."""
        with self._lock:
            return tuple(sorted(set(self._found), key=lambda problem: problem.says))

    def add(self, says: str, severity: Severity = Severity.HIGH) -> None:
        """Note one thing that could not be read."""
        with self._lock:
            self._found.append(Problem(says, severity))

    def guarded(self, what: str, read: Read, lost: Callable[[], None] = lambda: None) -> Read:
        """The read, with a failure noted as a problem and told to ``lost`` instead of raised.

        So is it that the SDK of a function's runtime is older than the operation.
        https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html
        """

        def guarded() -> Iterable[Read]:
            try:
                return tuple(read())
            except (ClientError, BotoCoreError, AttributeError) as error:
                if isinstance(error, AttributeError) and not isinstance(error.obj, BaseClient):
                    raise
                self.add(f"{what} could not be read: {reason(error)}")
                lost()
                return ()

        return guarded


def present(read: Callable[[], T]) -> T | None:
    """What a read gives, or None where there is no such thing any more."""
    try:
        return read()
    except ClientError as error:
        if code(error) not in _ABSENT:
            raise
        return None


def code(error: Exception) -> str:
    """The service's error code, or the name of the SDK's own error."""
    if isinstance(error, ClientError):
        return error.response.get("Error", {}).get("Code", "Unknown")
    return type(error).__name__


def reason(error: Exception) -> str:
    """The error in words."""
    return f"{code(error)}: {error}"

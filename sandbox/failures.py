"""Failures: everything that did not go well inside the account, by what and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sandbox.bus import Undelivered
from sandbox.invocations import Invocation


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that did not go well: what, and why."""

    what: str
    why: str


def of_invocations(invocations: Iterable[Invocation]) -> Iterator[Failure]:
    """One for each invocation that ended in an error, with the error object as its reason."""
    for invocation in list(invocations):
        if invocation.outcome.error is not None:
            why = invocation.outcome.payload.decode(errors="replace")
            yield Failure(invocation.function, why)


def of_rules(undelivered: Iterable[Undelivered]) -> Iterator[Failure]:
    """One for each event that a rule wanted and nobody took."""
    for one in list(undelivered):
        yield Failure(f"{one.rule} to {one.target}", one.why)


def named(what: str, reasons: Iterable[str]) -> Iterator[Failure]:
    """One for each reason."""
    for why in list(reasons):
        yield Failure(what, why)

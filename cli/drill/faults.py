"""`snapback drill --faults`: every fault in every AWS call on the way of one incident."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from cli.company import allowing
from cli.drill.attack import Attack
from cli.drill.drilling import prepare
from cli.drill.fault import Fault, Injection
from cli.drill.furnished import iam
from cli.drill.incident_run import CALL, Run, killing, run
from cli.drill.step import Step
from cli.stage import Stage

UNREACHED = "not reached"
"""Where a run ended in which the fault did not happen: the call was not made that often."""


class UnknownStepError(ValueError):
    """No step is named so; the message lists those that there are."""


@dataclass(frozen=True, slots=True)
class Faulted:
    """One fault in one step, and where the incident ended."""

    step: Step
    fault: Fault
    ended: str
    lost: bool

    @property
    def good(self) -> bool:
        """Whether the fault happened and nothing was lost."""
        return not self.lost and self.ended != UNREACHED

    def as_json(self) -> Mapping[str, Any]:
        """The one object that `--json` prints of it."""
        return {
            "step": self.step.name,
            "call": self.step.call,
            "fault": str(self.fault),
            "ended": self.ended,
            "lost": self.lost,
        }


Case = tuple[Step, Fault]


def cases(stage: Stage, only: frozenset[str]) -> list[Case]:
    """All faults of all steps that a run without a fault takes, or of those named.

    Functions read some things only the first time: what they do is seen the second time.

    Raises:
        UnknownStepError: one of the names is no step's.
        NotPreparedError: the account could not be prepared.
    """
    first, second = _users(stage, "fault-none", 2)
    run(first, stage)
    return [*product(chosen(run(second, stage).steps, only), Fault)]


def chosen(found: Sequence[Step], only: frozenset[str]) -> list[Step]:
    """The steps that are named, by their part or one by one; all where none is.

    Raises:
        UnknownStepError: one of the names is no step's.
    """
    names = dict.fromkeys(name for step in found for name in step.names)
    if unknown := [repr(name) for name in only if name not in names]:
        raise UnknownStepError(
            f"no step is named {' or '.join(unknown)}; there are {', '.join(names)}"
        )
    return [step for step in found if not only or not only.isdisjoint(step.names)]


def faulted(stage: Stage, wanted: Sequence[Case]) -> Iterator[Faulted]:
    """Play one incident with each fault.

    Raises:
        NotPreparedError: the account could not be prepared.
    """
    users = _users(stage, "fault", len(wanted))
    for (step, fault), user in zip(wanted, users, strict=True):
        injection = Injection(step, fault, partial(killing, stage))
        ran = run(user, stage, injection, step.part)
        yield _faulted(step, fault, ran) if injection.made else _unreached(step, fault)


def _faulted(step: Step, fault: Fault, ran: Run) -> Faulted:
    return Faulted(step, fault, ran.ended, ran.lost)


def _unreached(step: Step, fault: Fault) -> Faulted:
    return Faulted(step, fault, UNREACHED, lost=False)


def _users(stage: Stage, prefix: str, number: int) -> list[str]:
    """Fresh users, known to Snapback, and for each a policy that allows everything.

    A function keeps the text of a policy that it has read: of one and the same, only the first
    incident would have it read.
    """
    names = [f"{prefix}-{each}" for each in range(number)]
    made = tuple(
        deed
        for name in names
        for deed in (
            iam("CreateUser", UserName=name),
            iam("CreatePolicy", PolicyName=name, PolicyDocument=allowing("*")),
        )
    )
    prepare([Attack(iam(CALL.partition(":")[2]), made)], stage)
    return names

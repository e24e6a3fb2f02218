"""What the watch clock needs of the world."""

from dataclasses import dataclass
from typing import Protocol

from lambdas.model.fault import Fault
from lambdas.service.checking import Checking
from lambdas.service.evaluate import Evaluation


class Faults(Protocol):
    """The faults that have been found and have not been seen to end."""

    def lasting(self) -> tuple[Fault, ...]:
        """All of them."""

    def keep(self, fault: Fault) -> None:
        """Write a fault as it now is."""

    def forget(self, fault: Fault) -> None:
        """Note that it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """The ports that watching needs.

    What a fault was done by is judged, told and undone as any change is: by ``evaluation``.
    """

    checking: Checking
    evaluation: Evaluation
    faults: Faults
    account: str

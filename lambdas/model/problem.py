"""Problems: what could not be read, parsed or judged."""

from dataclasses import dataclass

from lambdas.model.severity import Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """Something unknown, in words; it is part of the verdict and never makes a change safe."""

    says: str
    severity: Severity = Severity.HIGH

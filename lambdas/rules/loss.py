"""Losses: what a trail does not do any more."""

from dataclasses import dataclass

from lambdas.model.severity import Severity


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing lost: ``what`` goes on after "does not", ``because`` names what was set."""

    severity: Severity
    what: str
    because: tuple[str, ...]

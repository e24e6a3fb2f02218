"""Findings: what holds after a change and did not hold before it."""

from dataclasses import dataclass
from enum import StrEnum

from lambdas.model.severity import Severity
from lambdas.model.subject import Subject


class Certainty(StrEnum):
    """How sure a finding is."""

    CERTAIN = "certain"
    CONDITIONAL = "conditional"
    """It holds for requests that meet a condition which is not known."""
    POSSIBLE = "possible"
    """It depends on resources or states that are not known."""


SURENESS = (Certainty.POSSIBLE, Certainty.CONDITIONAL, Certainty.CERTAIN)
"""From the least to the most certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that holds after the change and did not hold before, made by one rule.

    ``says`` is one sentence; ``because`` names the statements that cause it, ``given`` the
    conditions under which it holds. ``principal`` is who gained it, None where nobody did.
    ``accepted`` says who has agreed to it, and when: it then calls for nothing.
    """

    rule: str
    says: str
    severity: Severity
    certainty: Certainty = Certainty.CERTAIN
    principal: Subject | None = None
    because: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    accepted: str | None = None

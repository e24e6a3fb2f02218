"""Verdicts: all findings and all problems of one change."""

from dataclasses import dataclass

from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules found, and what could not be known."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def severity(self) -> Severity:
        """That of the worst problem, or finding that nobody has accepted."""
        findings = (each.severity for each in self.findings if each.accepted is None)
        problems = (problem.severity for problem in self.problems)
        return max((*findings, *problems), default=Severity.INFO)

"""Judging: all rules over one case, and everything that could not be known."""

from collections.abc import Iterable, Iterator

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.state import Unknown
from lambdas.model.verdict import Verdict
from lambdas.policy.power import compose
from lambdas.rules import RULES
from lambdas.rules.rule import Rule


def judge(case: Case, rules: Iterable[Rule] = RULES) -> Verdict:
    """What the rules find, in their order, and all problems, each once.

    A rule that raises is a problem that names it; what the other rules find stands all the same.
    """
    findings: list[Finding] = []
    problems: list[Problem] = [*unknowns(case)]
    for rule in rules:
        try:
            findings.extend(rule(case))
        except Exception as error:  # noqa: BLE001 - whatever a rule trips over must be told, not lost
            problems.append(_failed(rule, error))
    return Verdict(tuple(findings), tuple(dict.fromkeys(problems)))


def unknowns(case: Case) -> Iterator[Problem]:
    """What could not be read or parsed: of the change, of the states, of the affected's powers.

    A principal that did not exist before is none of these; one that does not exist after is.
    """
    yield from case.change.problems
    yield from case.after.problems
    for principal in case.affected:
        yield from compose(principal, case.after).problems
    if not isinstance(case.before, Unknown):
        yield from case.before.problems
        for principal in case.affected:
            if case.before.of(principal) is not None:
                yield from compose(principal, case.before).problems


def _failed(rule: Rule, error: Exception) -> Problem:
    name = getattr(rule, "__name__", repr(rule)).replace("_", "-")
    return Problem(f"rule {name} could not judge this: {type(error).__name__}: {error}")

"""Judging: all rules over one case, and everything that could not be known.

The principals that a change reaches may be thousands, and people wait for the alert: they are
judged in portions for as long as there is time, and whoever is left over is a problem.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import itemgetter

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.state import Unknown
from lambdas.model.verdict import Verdict
from lambdas.rules import RULES
from lambdas.rules.rule import Rule, powers

PORTION = 25
"""Principals that are judged between two looks at the clock."""

InTime = Callable[[], bool]
"""Whether there is time left to judge more."""


class OutOfTimeError(Exception):
    """Not all whom a change reaches were judged in time; the message says how many were not."""


def unhurried() -> bool:
    """There is always time left."""
    return True


def judge(case: Case, rules: Iterable[Rule] = RULES, in_time: InTime = unhurried) -> Verdict:
    """What the rules find, in their order, and all problems, each once.

    A rule that raises is a problem that names it; what the other rules find stands all the same.
    Those who were not judged in time are a problem, too.
    """
    problems: dict[Problem, None] = dict.fromkeys(_unread(case))
    findings: list[tuple[int, Finding]] = []
    try:
        for place, found in _judged(case, (*rules,), in_time):
            if isinstance(found, Problem):
                problems[found] = None
            else:
                findings.append((place, found))
    except OutOfTimeError as error:
        problems[Problem(str(error))] = None
    ordered = (found for _, found in sorted(findings, key=itemgetter(0)))
    return Verdict(tuple(dict.fromkeys(ordered)), tuple(problems))


def findings(case: Case, in_time: InTime = unhurried) -> Iterator[Finding]:
    """What the rules find, as they find it: whoever needs to know no more judges no further.

    Raises:
        OutOfTimeError: there was no time to judge the rest.
    """
    return (each for each in findings_and_problems(case, in_time) if isinstance(each, Finding))


def findings_and_problems(case: Case, in_time: InTime = unhurried) -> Iterator[Finding | Problem]:
    """The same with everything that could not be known, for whoever must be sure of what is not.

    Problems are told where they come up: a rule that raises is one, and so is what could not be
    read of the change, of the states, or of the affected's powers.

    Raises:
        OutOfTimeError: there was no time to judge the rest.
    """
    yield from _unread(case)
    yield from (found for _, found in _judged(case, RULES, in_time))


def _judged(
    case: Case, rules: tuple[Rule, ...], in_time: InTime
) -> Iterator[tuple[int, Finding | Problem]]:
    """Everything found of one portion after the other, with the place of the rule that found it.

    Rules that look at the change alone find the same again with every portion. The first one is
    judged however late it is.
    """
    affected = case.affected
    for start in range(0, max(1, len(affected)), PORTION):
        if start and not in_time():
            raise OutOfTimeError(
                f"{len(affected) - start} of the {len(affected)} principals that the change "
                "reaches were not judged: there was no time"
            )
        portion = replace(case, affected=affected[start : start + PORTION])
        yield from ((0, problem) for problem in _unknowns(portion))
        for place, rule in enumerate(rules):
            yield from ((place, found) for found in _found(rule, portion))


def _found(rule: Rule, case: Case) -> Iterator[Finding | Problem]:
    try:
        yield from rule(case)
    except Exception as error:  # noqa: BLE001 - whatever a rule trips over must be told, not lost
        name = getattr(rule, "__name__", repr(rule)).replace("_", "-")
        yield Problem(f"rule {name} could not judge this: {type(error).__name__}: {error}")


def _unread(case: Case) -> Iterator[Problem]:
    """What could not be read or parsed of the change and of the states."""
    yield from case.change.problems
    yield from case.after.problems
    if not isinstance(case.before, Unknown):
        yield from case.before.problems


def _unknowns(case: Case) -> Iterator[Problem]:
    """What is not known of the affected's powers.

    A principal that did not exist before is none of these; one that does not exist after is.
    """
    for each in powers(case):
        yield from each.after.problems
        yield from each.was.problems if each.was else ()

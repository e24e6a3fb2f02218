"""Judging thousands: in portions, for as long as there is time, and never silently not at all."""

from collections.abc import Callable

import pytest

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import States
from lambdas.model.subject import Kind, Subject
from lambdas.rules.judging import PORTION, OutOfTimeError, findings, judge
from tests.policy.account import ADMIN, state, states, text
from tests.rules.cases import case_of

COUNT = 2 * PORTION + 3
USERS = tuple(Subject(Kind.USER, f"u{number:03}") for number in range(COUNT))


def reached(count: int) -> Case:
    """A change that makes so many users administrators, and takes a Deny from each."""
    return case_of(_holding(DENY), _holding(ADMIN), *USERS[:count])


DENY = [{"Effect": "Deny", "Action": "*", "Resource": "*"}]


def _holding(*documents: object) -> States:
    inline = {str(number): text(document) for number, document in enumerate(documents)}
    empty: dict[str, dict[str, str]] = {"attached": {}, "groups": {}, "boundary": {}}
    return states(*(state(user, inline=inline, **empty) for user in USERS))


def until(looks: int) -> Callable[[], bool]:
    """A clock that says no at the look after so many."""
    left = iter(range(looks))
    return lambda: next(left, None) is not None


def not_judged(count: int, of: int = COUNT) -> Problem:
    says = f"{count} of the {of} principals that the change reaches were not judged"
    return Problem(f"{says}: there was no time", Severity.HIGH)


def found(case: Case, looks: int) -> tuple[int, tuple[Problem, ...]]:
    verdict = judge(case, in_time=until(looks))
    admins = [each for each in verdict.findings if each.rule == "gained-administrator"]
    return len(admins), verdict.problems


@pytest.mark.parametrize(
    ("count", "looks", "judged", "problems"),
    [
        pytest.param(0, 0, 0, (), id="nobody is reached, whatever the time"),
        pytest.param(COUNT, 2, COUNT, (), id="time suffices for all"),
        pytest.param(PORTION, 0, PORTION, (), id="the first are judged however late it is"),
        pytest.param(COUNT, 0, PORTION, (not_judged(PORTION + 3),), id="no time for the others"),
        pytest.param(COUNT, 1, 2 * PORTION, (not_judged(3),), id="no time for the last ones"),
    ],
)
def test_who_is_judged(count: int, looks: int, judged: int, problems: tuple[Problem, ...]) -> None:
    assert found(reached(count), looks) == (judged, problems)


def test_what_rules_find_stands_in_their_order_whatever_the_portion() -> None:
    rules = [finding.rule for finding in judge(reached(COUNT)).findings]
    assert rules == ["gained-administrator"] * COUNT + ["lost-deny"] * COUNT


def test_what_concerns_the_change_alone_is_found_once() -> None:
    def of_the_change(_: Case) -> list[Finding]:
        return [Finding(rule="change", says="it is", severity=Severity.LOW)]

    assert len(judge(reached(COUNT), (of_the_change,)).findings) == 1


def test_whoever_needs_one_finding_judges_no_further() -> None:
    first = next(findings(reached(COUNT), until(0)))
    assert (first.rule, first.principal) == ("gained-administrator", USERS[0])


def test_whoever_needs_all_findings_is_told_that_time_was_short() -> None:
    with pytest.raises(OutOfTimeError, match=r"28 of the 53 .* were not judged"):
        list(findings(reached(COUNT), until(0)))


def test_what_a_rule_cannot_judge_is_no_finding() -> None:
    unread = case_of(_holding({"Statement": 1}), _holding({"Statement": 1}), *USERS[:1])
    assert list(findings(unread)) == []

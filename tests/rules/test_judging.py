"""Verdicts: what the rules find, and what could not be known."""

from collections.abc import Iterable

from lambdas.model.case import Case
from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import States
from lambdas.rules import RULES
from lambdas.rules.judging import findings, findings_and_problems, judge
from tests.policy.account import ADMIN, ALICE, APP, account, states
from tests.rules.cases import UNKNOWN, case_of

BROKEN = {"Statement": 1}


def stumbling_rule(case: Case) -> Iterable[Finding]:
    yield Finding(rule="stumbling", says="found before stumbling", severity=Severity.LOW)
    raise KeyError(case.change.name)


def test_nothing_found_and_nothing_unknown() -> None:
    verdict = judge(case_of(account(), account(), ALICE))
    assert (verdict.findings, verdict.problems) == ((), ())
    assert verdict.severity is Severity.INFO


def test_rules_stand_in_the_order_of_the_mail() -> None:
    assert [rule.__name__ for rule in RULES] == [
        "tampered",
        "gained_administrator",
        "gained_escalation",
        "trusts_outsider",
        "changed_federation",
        "delegated_access",
        "new_credential",
        "signed_in",
        "instance_role",
        "lost_boundary",
        "lost_deny",
        "lost_condition",
        "lost_second_factor",
        "weakened_account",
        "decided_by_tag",
        "longer_sessions",
        "service_linked_role",
        "trail_stopped",
        "trail_narrowed",
        "store_weakened",
        "store_opened",
        "unreadable_parameters",
    ]


def test_every_affected_principal_is_judged() -> None:
    both = states(
        *account([ADMIN]).known.values(), *account([ADMIN], principal="role").known.values()
    )
    verdict = judge(case_of(states(), both, ALICE, APP))
    assert [finding.principal for finding in verdict.findings] == [ALICE, APP]
    assert verdict.severity is Severity.CRITICAL


def test_a_rule_that_raises_is_a_problem_and_stops_no_other() -> None:
    rules = (stumbling_rule, *RULES)
    verdict = judge(case_of(account(), account([ADMIN]), ALICE), rules)
    assert [finding.rule for finding in verdict.findings] == ["stumbling", "gained-administrator"]
    says = "rule stumbling-rule could not judge this: KeyError: 'PutUserPolicy'"
    assert verdict.problems == (Problem(says, Severity.HIGH),)


def test_problems_of_change_states_and_powers_are_told_once() -> None:
    cut, throttled = Problem("parameters were cut", Severity.LOW), Problem("group b is unreadable")
    before = States(account([BROKEN]).known, (throttled,))
    after = States(account([BROKEN, ADMIN]).known, (throttled,))
    verdict = judge(case_of(before, after, ALICE, problems=(cut,)))
    says = 'inline policy "0" of user alice is no valid policy document: statement 1 is 1, '
    assert verdict.problems == (cut, throttled, Problem(f"{says}not an object"))


def test_a_document_that_only_was_unreadable_is_told_too() -> None:
    verdict = judge(case_of(account([BROKEN]), account(), ALICE))
    assert [problem.severity for problem in verdict.problems] == [Severity.HIGH]


def test_a_principal_that_is_gone_is_a_problem_and_one_that_is_new_is_none() -> None:
    assert not judge(case_of(states(), account(), ALICE)).problems
    gone = judge(case_of(UNKNOWN, states(), ALICE))
    assert gone.problems == (Problem("user alice was not found, so its power is not known"),)


def test_findings_leave_out_what_could_not_be_known_and_the_others_tell_it() -> None:
    case = case_of(UNKNOWN, account([ADMIN, BROKEN]), ALICE)
    found = [*findings(case)]
    both = [*findings_and_problems(case)]
    assert [each.rule for each in found] == ["gained-administrator"]
    assert [each for each in both if isinstance(each, Finding)] == found
    assert {each for each in both if isinstance(each, Problem)} == {*judge(case).problems}
    assert len(both) > len(found)

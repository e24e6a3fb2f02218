"""Roles that let in somebody from outside.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.family import Family
from lambdas.model.problem import Problem
from lambdas.model.state import ONLY, State, States
from lambdas.model.subject import Subject
from lambdas.rules.rule import CannotJudgeError
from lambdas.rules.trusts_outsider import trusts_outsider
from tests.policy.account import ALICE, APP, account, state, states, text
from tests.rules.cases import case_of, cases, described, told

FOREIGN = {"Principal": {"AWS": "999988887777"}, "Effect": "Allow", "Action": "sts:AssumeRole"}


def role(arn: str | None = None, **parts: dict[str, str]) -> State:
    return state(APP, arn, **parts)


def trusting(*statements: Any) -> State:
    return role(trust={ONLY: text([*statements])})


@pytest.mark.parametrize("case", cases("trusts_outsider"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*trusts_outsider(described(case))]) == case["findings"]


def test_a_finding_names_role_cause_and_condition() -> None:
    limited = FOREIGN | {"Sid": "In", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
    (found,) = trusts_outsider(case_of(states(), states(trusting(limited)), APP, subject=APP))
    assert (found.rule, found.principal) == ("trusts-outsider", APP)
    assert found.because == (
        'trust policy, statement "In" (Allow sts:AssumeRole to AWS 999988887777)',
    )
    assert found.given == ("if Bool aws:SecureTransport true",)


def test_the_account_of_a_role_whose_arn_is_none_is_the_changes() -> None:
    own = FOREIGN | {"Principal": {"AWS": "123456789012"}}
    after = states(role("app", trust={ONLY: text([own])}))
    assert not [*trusts_outsider(case_of(states(), after, APP, subject=APP))]


@pytest.mark.parametrize("subject", [None, ALICE, APP], ids=["none", "a user", "a role not read"])
def test_other_subjects_are_not_this_rules_business(subject: Subject | None) -> None:
    assert not [*trusts_outsider(case_of(account(), account(), ALICE, subject=subject))]


def test_trust_that_another_familys_change_did_not_read() -> None:
    assert not [*trusts_outsider(case_of(states(), states(role()), APP, subject=APP))]


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(States({}, (Problem("throttled"),)), id="not all was readable"),
        pytest.param(states(role()), id="its trust was not read"),
    ],
)
def test_nothing_is_claimed_to_be_new_where_before_is_not_known(before: States) -> None:
    (found,) = trusts_outsider(case_of(before, states(trusting(FOREIGN)), APP, subject=APP))
    assert found.says == "role app can be assumed from outside: by account 999988887777"


@pytest.mark.parametrize(
    ("after", "family", "says"),
    [
        pytest.param(role(), Family.TRUST, "was not read", id="not read"),
        pytest.param(role(trust={}), None, "was not read", id="no policy"),
        pytest.param(role(trust={ONLY: "{"}), None, "no valid policy document", id="no document"),
    ],
)
def test_what_was_not_read_cannot_be_judged(after: State, family: Family, says: str) -> None:
    case = case_of(states(), states(after), APP, subject=APP)
    with pytest.raises(CannotJudgeError, match=says):
        [*trusts_outsider(replace(case, change=replace(case.change, family=family)))]

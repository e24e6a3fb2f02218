"""Event data stores that somebody else can use.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutResourcePolicy.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.subject import Subject
from lambdas.rules.rule import CannotJudgeError
from lambdas.rules.store_opened import store_opened
from tests.policy.account import ALICE, account, states
from tests.rules.cases import case_of, cases, told
from tests.rules.stores import STORE, described, store


@pytest.mark.parametrize("case", cases("store_opened"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*store_opened(described(case))]) == case["findings"]


@pytest.mark.parametrize("subject", [None, ALICE, STORE], ids=["none", "a user", "an absent store"])
def test_other_subjects_are_not_this_rules_business(subject: Subject | None) -> None:
    assert not [*store_opened(case_of(account(), account(), subject=subject))]


def test_a_policy_that_is_no_document_cannot_be_judged() -> None:
    broken = states(store({"resource policy": {"": "not JSON"}}))
    with pytest.raises(CannotJudgeError, match="is no valid document"):
        [*store_opened(case_of(broken, broken, subject=STORE))]


def test_a_former_policy_that_is_no_document_let_nobody_in_for_sure() -> None:
    found = next(each.values[0] for each in cases("store_opened") if each.id == "anybody")
    case = replace(described(found), before=states(store({"resource policy": {"": "not JSON"}})))
    assert told([*store_opened(case)]) == found["findings"]


def test_a_store_without_an_arn_of_its_own_is_this_accounts() -> None:
    found = next(each.values[0] for each in cases("store_opened") if each.id == "the own account")
    case = described(found)
    odd = replace(case.after.known[STORE], arn="all")
    assert not [*store_opened(replace(case, after=states(odd)))]

"""Event data stores that take in less, or keep it less well.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html
"""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.change import Edit, Lifecycle
from lambdas.model.severity import Severity
from lambdas.model.state import Part, States
from lambdas.model.subject import Subject
from lambdas.rules.rule import CannotJudgeError
from lambdas.rules.store_weakened import store_weakened
from tests.policy.account import ALICE, account, states
from tests.rules.cases import UNKNOWN, case_of, cases, told
from tests.rules.stores import STORE, described, store


@pytest.mark.parametrize("case", cases("store_weakened"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*store_weakened(described(case))]) == case["findings"]


@pytest.mark.parametrize("subject", [None, ALICE, STORE], ids=["none", "a user", "an absent store"])
def test_other_subjects_are_not_this_rules_business(subject: Subject | None) -> None:
    assert not [*store_weakened(case_of(account(), account(), subject=subject))]


def test_a_new_store_has_lost_nothing() -> None:
    case = case_of(states(), states(store({"logging": {"": "false"}})), subject=STORE)
    made = replace(case, change=replace(case.change, lifecycle=Lifecycle.CREATED))
    assert not [*store_weakened(made)]


def test_a_deleted_store_is_lost_in_seven_days() -> None:
    before = states(store({"logging": {"": "true"}}))
    case = case_of(before, States({}, absent=frozenset({STORE})), subject=STORE)
    deleted = replace(case, change=replace(case.change, lifecycle=Lifecycle.DELETED))
    (found,) = store_weakened(deleted)
    assert (found.rule, found.severity) == ("store-weakened", Severity.CRITICAL)
    assert "after seven days nothing brings back" in found.says


def test_a_store_that_is_there_again_is_no_loss() -> None:
    live = states(store({"logging": {"": "true"}}))
    case = case_of(live, live, subject=STORE)
    deleted = replace(case, change=replace(case.change, lifecycle=Lifecycle.DELETED))
    assert not [*store_weakened(deleted)]


def test_a_time_of_which_the_former_is_not_known_cannot_be_judged() -> None:
    case = case_of(UNKNOWN, states(store({"settings": {"RetentionPeriod": "7"}})), subject=STORE)
    edit = Edit(Part.SETTINGS, "RetentionPeriod", "7")
    with pytest.raises(CannotJudgeError, match="what RetentionPeriod was before is not known"):
        [*store_weakened(replace(case, change=replace(case.change, edits=(edit,))))]


def test_what_looks_like_no_settings_cannot_be_judged() -> None:
    before = states(store({"settings": {"RetentionPeriod": "a year"}}))
    after = states(store({"settings": {"RetentionPeriod": "7"}}))
    with pytest.raises(CannotJudgeError, match="look like none"):
        [*store_weakened(case_of(before, after, subject=STORE))]

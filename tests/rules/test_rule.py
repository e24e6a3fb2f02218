"""What rules know of the power before."""

from dataclasses import replace

import pytest

from lambdas.model.problem import Problem
from lambdas.model.state import States, Unknown
from lambdas.policy.power import Power
from lambdas.rules.rule import powers
from tests.policy.account import ADMIN, ALICE, account, state, states
from tests.rules.cases import UNKNOWN, case_of


def former(before: States | Unknown) -> Power | None:
    (found,) = powers(case_of(before, account(), ALICE))
    return found.before


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(UNKNOWN, id="nothing known at all"),
        pytest.param(States({}, (Problem("throttled"),)), id="absent, but not all was readable"),
        pytest.param(states(state(ALICE)), id="parts that were not read"),
        pytest.param(account([ADMIN, {"Statement": 1}]), id="a document that does not parse"),
    ],
)
def test_the_former_power_is_not_known(before: States | Unknown) -> None:
    assert former(before) is None


@pytest.mark.parametrize(
    ("before", "documents"),
    [
        pytest.param(states(), 0, id="of a user that did not exist"),
        pytest.param(account([ADMIN]), 1, id="of one that did"),
    ],
)
def test_the_former_power_is_known(before: States, documents: int) -> None:
    power = former(before)
    assert power is not None
    assert len(power.identity) == documents


def test_powers_are_composed_once_a_case_and_again_for_another() -> None:
    case = case_of(account(), account([ADMIN]), ALICE)
    assert powers(case) is powers(case)
    assert [len(each.after.identity) for each in powers(replace(case, after=account()))] == [0]

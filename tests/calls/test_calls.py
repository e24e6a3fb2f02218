from typing import Any

import pytest

from lambdas.calls import CATALOG
from lambdas.calls.watched import UnreadableParametersError, WatchedCall
from lambdas.model.revert import Call, Irreversible
from tests.calls.cases import cases, change, edits, named, state_or_none, subject, where


@pytest.mark.parametrize("found", cases("parsed"), ids=named)
def test_parameters_say_what_was_changed_and_how(found: Any) -> None:
    entry, case = found
    assert entry.parse(case["parameters"], where(case)) == (subject(case), edits(case))


@pytest.mark.parametrize("found", cases("unreadable"), ids=named)
def test_unreadable_parameters_are_named(found: Any) -> None:
    entry, case = found
    with pytest.raises(UnreadableParametersError) as error:
        entry.parse(case["parameters"], where(case))
    assert case["says"] in str(error.value)


@pytest.mark.parametrize("found", cases("reverted"), ids=named)
def test_a_revert_takes_back_this_change_and_nothing_else(found: Any) -> None:
    entry, case = found
    made = change(entry, case)
    path = case.get("path", "/")
    before, live = (state_or_none(made, case[when], path) for when in ("before", "live"))
    revert = entry.revert(made, before, live)
    expected = (
        Irreversible(case["irreversible"])
        if "irreversible" in case
        else tuple(Call(**call) for call in case["calls"])
    )
    assert revert == expected


@pytest.mark.parametrize("entry", CATALOG.values(), ids=lambda entry: entry.action)
def test_cases_that_need_no_call_stand_first_and_some_need_one(entry: WatchedCall) -> None:
    needs = [bool(case.get("calls")) for each, case in cases("reverted") if each is entry]
    assert needs == sorted(needs)
    assert set(needs) == ({False} if entry.irreversible else {False, True})

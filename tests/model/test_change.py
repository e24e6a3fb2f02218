from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdas.model.change import Change, Edit
from lambdas.model.state import Part, State
from tests.model.strategies import CHANGES, EDITS, STATES

ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess"


@settings(max_examples=25)
@given(EDITS, STATES)
def test_a_state_with_an_edit_laid_over_it_shows_the_edit(edit: Edit, state: State) -> None:
    assert edit.shown_by(edit.applied_to(state))


@settings(max_examples=25)
@given(EDITS, STATES)
def test_an_edit_touches_nothing_but_its_own_key(edit: Edit, state: State) -> None:
    after = edit.applied_to(state)
    for part, values in state.parts.items():
        for key, value in values.items():
            if (part, key) != (edit.part, edit.key):
                assert after.value(part, key) == value
    assert set(after.parts) == {*state.parts, edit.part}


@settings(max_examples=25)
@given(CHANGES, STATES)
def test_a_change_laid_over_a_state_leaves_no_part_unread(change: Change, state: State) -> None:
    assert not change.unread_in(change.applied_to(state))


@settings(max_examples=25)
@given(EDITS, STATES)
def test_a_part_that_was_not_read_shows_no_edit(edit: Edit, state: State) -> None:
    unread = replace(state, parts={p: v for p, v in state.parts.items() if p is not edit.part})
    assert not edit.shown_by(unread)


@pytest.mark.parametrize(
    ("value", "held", "shown"),
    [
        pytest.param("x", {"k": "x"}, True, id="the value is there"),
        pytest.param("x", {"k": "y"}, False, id="another value is there"),
        pytest.param("x", {}, False, id="nothing is there"),
        pytest.param(None, {}, True, id="it was taken away"),
        pytest.param(None, {"k": "x"}, False, id="it is still there"),
        pytest.param(None, {"other": "x"}, True, id="only something else is there"),
    ],
)
@settings(max_examples=25)
@given(state=STATES)
def test_whether_a_state_shows_an_edit(value: Any, held: Any, shown: bool, state: State) -> None:
    assert (
        Edit(Part.INLINE, "k", value).shown_by(replace(state, parts={Part.INLINE: held})) is shown
    )


@settings(max_examples=25)
@given(CHANGES, st.sampled_from(["iam", "cloudtrail"]))
def test_a_call_is_spelled_as_iam_policies_do(change: Change, service: Any) -> None:
    named = replace(change, source=f"{service}.amazonaws.com", name="PutUserPolicy")
    assert named.call == f"{service}:PutUserPolicy"

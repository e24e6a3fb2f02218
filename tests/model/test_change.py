from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
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
    follows = {Part.DOCUMENT} if edit.part in (Part.VERSIONS, Part.DEFAULT) else set()
    for part, values in state.parts.items():
        for key, value in values.items():
            if (part, key) != (edit.part, edit.key) and part not in follows:
                assert after.value(part, key) == value
    assert {*after.parts} - follows == {*state.parts, edit.part} - follows


@pytest.mark.parametrize(
    ("edits", "document"),
    [
        pytest.param((Edit(Part.VERSIONS, "v2", "b"),), {"v1": "a"}, id="another version"),
        pytest.param((Edit(Part.VERSIONS, "v1", "c"),), {"v1": "c"}, id="the default's text"),
        pytest.param(
            (Edit(Part.DEFAULT, ONLY, "v2"), Edit(Part.VERSIONS, "v2", "b")),
            {"v2": "b"},
            id="another default",
        ),
        pytest.param((Edit(Part.DEFAULT, ONLY, "v9"),), None, id="a text that is not known"),
        pytest.param((Edit(Part.DEFAULT, ONLY, None),), {"v1": "a"}, id="no default"),
    ],
)
def test_a_policys_document_is_that_of_its_default_version(edits: Any, document: Any) -> None:
    parts = {Part.DOCUMENT: {"v1": "a"}, Part.VERSIONS: {"v1": "a"}, Part.DEFAULT: {ONLY: "v1"}}
    state = State(
        subject=Subject(Kind.POLICY, "p"),
        unique_id="p",
        arn="p",
        as_of=datetime.now(UTC),
        parts=parts,
    )
    for edit in edits:
        state = edit.applied_to(state)
    assert state.parts.get(Part.DOCUMENT) == document


@settings(max_examples=25)
@given(CHANGES, STATES)
def test_a_change_laid_over_a_state_leaves_no_part_unread(change: Change, state: State) -> None:
    edits = tuple(edit for edit in change.edits if edit.part is not Part.DOCUMENT)
    change = replace(change, edits=edits)
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


def _accounts(change: Change, state: State) -> tuple[Change, States]:
    """The change as one of the state's own subject, in an account without it."""
    return replace(change, subject=state.subject), States({}, absent=frozenset({state.subject}))


@settings(max_examples=25)
@given(CHANGES, STATES)
def test_an_account_shows_what_is_laid_over_it(change: Change, state: State) -> None:
    assume(len({(edit.part, edit.key) for edit in change.edits}) == len(change.edits))
    changed, nobody = _accounts(change, state)
    made = replace(changed, lifecycle=Lifecycle.CREATED)
    deleted = replace(changed, lifecycle=Lifecycle.DELETED)
    there = nobody.having(state)
    assert changed.shown_in(changed.applied_in(there, state))
    assert made.shown_in(made.applied_in(nobody, state))
    assert deleted.shown_in(deleted.applied_in(there, state))
    assert not deleted.shown_in(there)
    assert not made.shown_in(nobody)


@settings(max_examples=25)
@given(CHANGES, STATES)
def test_what_is_taken_back_leaves_the_account_as_it_was(change: Change, state: State) -> None:
    changed, nobody = _accounts(change, state)
    there = nobody.having(state)
    for lifecycle, before in ((Lifecycle.CREATED, nobody), (Lifecycle.DELETED, there)):
        made = replace(changed, lifecycle=lifecycle)
        former = before.of(state.subject)
        assert made.taken_back_in(made.applied_in(before, state), former) == before


@settings(max_examples=25)
@given(CHANGES)
def test_what_is_not_to_be_found_is_left_alone(change: Change) -> None:
    unread = replace(change, lifecycle=None)
    assert unread.taken_back_in(States({}), None) == States({})
    assert not replace(unread, subject=None).shown_in(States({}))


GRAVE, MINOR = Problem("CloudTrail omitted them"), Problem("it is of another trail", Severity.LOW)
SOMEBODY = Subject(Kind.USER, "alice")


@pytest.mark.parametrize(
    ("known", "hidden"),
    [
        pytest.param({"subject": SOMEBODY, "problems": (GRAVE,)}, False, id="it says on whom"),
        pytest.param({"family": None, "problems": (GRAVE,)}, False, id="a call not watched"),
        pytest.param({"problems": (MINOR,)}, False, id="something that is not watched"),
        pytest.param({"problems": (MINOR, GRAVE)}, True, id="it does not say on whom"),
    ],
)
@settings(max_examples=5)
@given(change=CHANGES)
def test_whether_an_event_hides_what_its_call_did(
    change: Change, known: dict[str, Any], hidden: bool
) -> None:
    assert replace(change, **{"family": Family.TRUST, "subject": None, **known}).hidden is hidden

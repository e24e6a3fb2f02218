from datetime import UTC, datetime
from typing import Any

import pytest

from lambdas.model.problem import Problem
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject

ALICE, BOB = Subject(Kind.USER, "alice"), Subject(Kind.USER, "bob")


def user(subject: Subject | None, **parts: Any) -> State:
    return State(
        subject=subject,
        unique_id="AIDA1",
        arn=f"arn:aws:iam::123456789012:user/{subject.name}",
        as_of=datetime(2026, 3, 1, tzinfo=UTC),
        parts={Part(part): values for part, values in parts.items()},
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param({}, (), id="of nothing where nothing was read"),
        pytest.param({"inline": {"p": "{}"}, "attached": {}}, (), id="not of inline policies"),
        pytest.param({"attached": {"a": "A"}}, (Subject(Kind.POLICY, "a"),), id="of policies"),
        pytest.param({"boundary": {ONLY: "b"}}, (Subject(Kind.POLICY, "b"),), id="of a boundary"),
        pytest.param({"groups": {"g": "g"}}, (Subject(Kind.GROUP, "g"),), id="of groups"),
    ],
)
def test_what_a_state_draws_on(parts: Any, expected: Any) -> None:
    assert user(ALICE, **parts).draws_on() == expected


def test_values_are_none_where_a_part_or_a_key_is_missing() -> None:
    assert user(ALICE).value(Part.BOUNDARY) is None
    assert user(ALICE, attached={"a": "A"}).value(Part.ATTACHED, "b") is None
    assert user(ALICE, attached={"a": "A"}).value(Part.ATTACHED, "a") == "A"


def test_joined_states_know_what_both_know_and_the_later_wins() -> None:
    first = States({ALICE: user(ALICE)}, (Problem("a"),), frozenset({BOB}))
    second = States({ALICE: user(ALICE, attached={"a": "A"})}, (Problem("b"),))
    joined = first.joined(second)
    assert joined.of(ALICE) == user(ALICE, attached={"a": "A"})
    assert joined.of(BOB) is None
    assert joined.problems == (Problem("a"), Problem("b"))
    assert joined.absent == {BOB}


def test_one_state_is_exchanged_and_the_others_stay() -> None:
    states = States({ALICE: user(ALICE), BOB: user(BOB)}, (Problem("a"),))
    changed = states.having(user(ALICE, attached={}))
    assert changed.of(ALICE) == user(ALICE, attached={})
    assert changed.of(BOB) == user(BOB)
    assert changed.problems == states.problems


def test_a_subject_reads_as_words() -> None:
    assert str(ALICE) == "user alice"

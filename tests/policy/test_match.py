"""Patterns, against a reference that tries everything.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.match import covers, matches, meets, meets_arns
from lambdas.policy.patterns import Actions

PATTERNS = st.text("ab*?", max_size=6)
TEXTS = tuple("".join(letters) for size in range(8) for letters in product("ab", repeat=size))
"""Long enough for a text of each of two such patterns, one after the other's * has taken it."""


def reference(pattern: str, text: str) -> bool:
    """What a pattern means, tried symbol by symbol."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return reference(pattern[1:], text) or (bool(text) and reference(pattern, text[1:]))
    return bool(text) and pattern[0] in {"?", text[0]} and reference(pattern[1:], text[1:])


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param("", "a", id="nothing is only nothing"),
        pytest.param("a", "A", id="case matters"),
        pytest.param("?", "", id="a question mark is not nothing"),
        pytest.param("a?", "abc", id="a question mark is not two characters"),
        pytest.param("ab*ba", "aba", id="head and tail do not share a character"),
        pytest.param("*a*b*c*", "acb", id="pieces keep their order"),
        pytest.param("*?a?*", "a", id="a question mark in the middle takes one"),
        pytest.param("*ab?c*", "zzabc", id="a piece with a question mark fits nowhere"),
        pytest.param("*" + "?" * 9 + "*", "short", id="a piece longer than the text"),
        pytest.param("*a" * 2000 + "b", "a" * 4000, id="many stars that end in vain"),
        pytest.param("*" + "?a" * 900 + "*b", "a" * 4000, id="many question marks in vain"),
    ],
)
def test_no_match(pattern: str, text: str) -> None:
    assert not matches(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param("*", "", id="a star may be nothing"),
        pytest.param("arn:aws:ec2:*:*:*/*", "arn:aws:ec2:eu-west-1:1:vpc/v", id="ARN fields"),
        pytest.param("*b?*", "aabab", id="the first fit of a piece is taken"),
        pytest.param("a\n*", "a\nb", id="a line break is a character"),
        pytest.param("ä*", "äöü", id="so is an umlaut"),
        pytest.param("?", "*", id="so is a star in the text"),
    ],
)
def test_match(pattern: str, text: str) -> None:
    assert matches(pattern, text)


@given(PATTERNS, st.text("ab*?", max_size=8))
def test_matches_agrees_with_the_reference(pattern: str, text: str) -> None:
    assert matches(pattern, text) == reference(pattern, text)


@given(PATTERNS)
def test_matches_agrees_with_the_reference_on_all_short_texts(pattern: str) -> None:
    assert [t for t in TEXTS if matches(pattern, t)] == [t for t in TEXTS if reference(pattern, t)]


@given(st.text("ab*?", max_size=4), st.text("ab*?", max_size=4))
def test_covers_is_never_wrongly_true(pattern: str, other: str) -> None:
    assert not covers(pattern, other) or all(matches(pattern, t) for t in _of(other))


@given(st.text("ab*?", max_size=4))
def test_a_pattern_covers_itself(pattern: str) -> None:
    assert covers(pattern, pattern)


@given(st.text("ab*?", max_size=5), st.text("ab?", max_size=4))
def test_meets_is_exact_with_several_stars(pattern: str, other: str) -> None:
    assert meets(pattern, other) == any(matches(pattern, text) for text in _of(other))


@given(st.text("ab*?", max_size=3), st.text("ab*?", max_size=3))
def test_meets_is_exact(pattern: str, other: str) -> None:
    assert meets(pattern, other) == any(matches(pattern, text) for text in _of(other))


def _of(pattern: str) -> Iterator[str]:
    return (text for text in TEXTS if matches(pattern, text))


@pytest.mark.parametrize(
    ("pattern", "other", "expected"),
    [
        pytest.param("a*", "*", False, id="less does not cover all"),
        pytest.param("?", "*", False, id="one character does not cover any number"),
        pytest.param("*?", "?*", True, id="wildcards in another order"),
        pytest.param("*a*", "*b?a*", True, id="a piece within"),
        pytest.param("*?b*", "*?b?*", True, id="a piece with a question mark within"),
        pytest.param("*b?c*", "*b*c*", False, id="a star is not one character"),
        pytest.param("?" * 100_000, "a*", False, id="a long row of question marks"),
    ],
)
def test_covers(pattern: str, other: str, *, expected: bool) -> None:
    assert covers(pattern, other) is expected


USERS = "arn:aws:iam::*:user/*"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("arn:aws:iam::*:role/*", False, id="roles are no users"),
        pytest.param("arn:aws:iam::1:user/a", True, id="one user"),
        pytest.param("arn:aws:iam:*/a", True, id="a pattern with fewer fields"),
        pytest.param("*", True, id="everything"),
    ],
)
def test_meets_arns(pattern: str, *, expected: bool) -> None:
    assert meets_arns(pattern, USERS) is expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("*a*a", False, id="a text longer than any ARN"),
        pytest.param("a*", True, id="its beginning alone"),
    ],
)
def test_meets_a_long_row_of_question_marks(pattern: str, *, expected: bool) -> None:
    assert meets(pattern, "?" * 100_000) is expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param(451, False, id="one pair too many"),
        pytest.param(450, True, id="as many as there is room for"),
    ],
)
def test_meets_many_question_marks_on_both_sides(pairs: int, *, expected: bool) -> None:
    assert meets(f"*{'?x' * pairs}*x", f"role/{'?' * 900}") is expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("*a*b", False, id="another end"),
        pytest.param("*a*c", True, id="a piece in the place of the question mark"),
    ],
)
def test_meets_with_several_stars(pattern: str, *, expected: bool) -> None:
    assert meets(pattern, "x?c") is expected


@pytest.mark.parametrize(
    ("given_texts", "action", "expected"),
    [
        pytest.param(["s3:Get"], "s3:getobject", False, id="a beginning is not the action"),
        pytest.param(["S3:GetObject"], "s3:getobject", True, id="case does not matter"),
        pytest.param(["s3:Put*", "S3:G?T*"], "s3:getobject", True, id="nor in a pattern"),
        pytest.param(
            ["*:Put*", "ec2:*"], "s3:getobject", False, id="another action of any service"
        ),
    ],
)
def test_actions(given_texts: list[str], action: str, *, expected: bool) -> None:
    assert Actions(given_texts).include(action) is expected

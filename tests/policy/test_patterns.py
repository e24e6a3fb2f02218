"""Patterns that were sorted once say what each pattern says by itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.match import literal, matches
from lambdas.policy.patterns import Patterns

TEXTS = st.text("ab:/", max_size=8)
PATTERNS = st.lists(st.text("ab:/*?", max_size=8), max_size=4)


@given(PATTERNS, TEXTS)
def test_patterns_include_what_one_of_them_matches(given_patterns: list[str], text: str) -> None:
    found = any(matches(pattern, text) for pattern in given_patterns)
    assert Patterns(given_patterns).include(text) is found


@given(st.text("ab*?", max_size=8), st.text("ab*?", max_size=8))
def test_a_pattern_matches_what_the_regular_expression_does(pattern: str, text: str) -> None:
    wildcards = {"*": ".*", "?": "."}
    expression = "".join(wildcards.get(each, re.escape(each)) for each in pattern)
    assert matches(pattern, text) is bool(re.fullmatch(expression, text, re.DOTALL))


@given(st.text("ab*?", max_size=8), st.text("ab*?", max_size=8))
def test_a_literal_stands_for_itself_alone(text: str, other: str) -> None:
    assert matches(literal(text), other) is (text == other)


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        pytest.param("a/alice/x", True, id="the right value"),
        pytest.param("a/bob/x", False, id="another value"),
        pytest.param("b", True, id="a pattern beside it"),
    ],
)
def test_variables_are_filled_from_the_context(resource: str, *, expected: bool) -> None:
    patterns = Patterns(["a/${aws:username}/*", "b"], variables=True)
    assert patterns.include(resource, {"aws:username": ("alice",)}) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("aba", False, id="its ends may not overlap"),
        pytest.param("abba", True, id="its ends may touch"),
        pytest.param("ab:ba", True, id="something may stand between its ends"),
    ],
)
def test_the_ends_of_a_pattern_each_have_a_place(text: str, *, expected: bool) -> None:
    assert Patterns(["ab*ba"]).include(text) is expected

"""Statements and conditions as a mail prints them."""

from fnmatch import fnmatchcase
from typing import Any

import pytest

from lambdas.policy.document import Statement, parse
from lambdas.policy.wording import condition_words, statement_words
from tests.policy.account import text


def _statement(**elements: Any) -> Statement:
    return parse(text([{"Effect": "Allow", **elements}])).statements[0]


@pytest.mark.parametrize(
    ("elements", "words"),
    [
        pytest.param(
            {"Action": "*", "Resource": "*"}, "statement 1 (Allow * on *)", id="without a Sid"
        ),
        pytest.param(
            {"Sid": "A", "Action": "*", "Resource": "*"},
            'statement "A" (Allow * on *)',
            id="with a Sid",
        ),
        pytest.param(
            {"NotAction": ["a:*", "b:*"], "NotResource": "x"},
            "statement 1 (Allow all but a:*, b:* on all but x)",
            id="exceptions",
        ),
        pytest.param(
            {"Action": "a:b", "Principal": "*"},
            "statement 1 (Allow a:b to *)",
            id="without a resource",
        ),
        pytest.param(
            {"Action": [f"a:{n}" for n in range(5)], "Resource": "*"},
            "statement 1 (Allow a:0, a:1, a:2 and 2 more on *)",
            id="many actions",
        ),
        pytest.param(
            {"Action": "*", "Resource": "x" * 200},
            f"statement 1 (Allow * on {'x' * 120}...)",
            id="a long resource",
        ),
    ],
)
def test_statement(elements: Any, words: str) -> None:
    assert statement_words(_statement(**elements)) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        pytest.param(
            {}, "a policy variable in its resource has the right value", id="none but a variable"
        ),
        pytest.param(
            {"Bool": {"a:b": "true"}, "Null": {"c:d": [False, 1]}},
            "Bool a:b true and Null c:d False or 1",
            id="two operators",
        ),
        pytest.param(
            {"StringLike": {f"a:{n}": "x" for n in range(4)}},
            "StringLike a:0 x and StringLike a:1 x and StringLike a:2 x and 1 more (*)",
            id="many keys",
        ),
    ],
)
def test_condition(condition: Any, words: str) -> None:
    told = condition_words(_statement(Action="*", Resource="*", Condition=condition))
    assert fnmatchcase(told, words)


@pytest.mark.parametrize(
    "values",
    [("abcd", "abce"), (["a" * 200 + "b"], ["a" * 200 + "c"])],
    ids=["a fourth value", "the end of a long value"],
)
def test_conditions_that_differ_in_what_is_not_spelled_out_are_told_apart(values: Any) -> None:
    told = {
        condition_words(
            _statement(Action="*", Resource="*", Condition={"StringLike": {"a:b": list(each)}})
        )
        for each in values
    }
    assert len(told) == 2

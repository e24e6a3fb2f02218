import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.pattern import matches
from sandbox.pattern_check import PatternError, check

CASES = json.loads((Path(__file__).parents[1] / "cases/sandbox/patterns.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_pattern(case: dict[str, Any]) -> None:
    check(case["pattern"])
    assert matches(case["pattern"], case["event"]) is case["matches"]


INVALID = {
    "a value that is no list": ({"source": "aws.iam"}, "pattern.source"),
    "no field at all": ({}, "at least one field"),
    "an empty list": ({"source": []}, "empty list"),
    "an unknown filter": ({"a": [{"contains": "x"}]}, "'contains' is no filter"),
    "two filters in one": ({"a": [{"prefix": "x", "suffix": "y"}]}, "exactly one filter"),
    "a list in a list": ({"a": [["x"]]}, "list in a list"),
    "exists with a text": ({"a": [{"exists": "true"}]}, "no argument of 'exists'"),
    "numeric with a wrong sign": ({"a": [{"numeric": ["=>", 1]}]}, "no argument of 'numeric'"),
    "numeric with a boolean": ({"a": [{"numeric": ["=", True]}]}, "no argument of 'numeric'"),
    "a network that is none": ({"a": [{"cidr": "10.0.0"}]}, "no argument of 'cidr'"),
    "two stars in a row": ({"a": [{"wildcard": "a**"}]}, "no argument of 'wildcard'"),
    "anything-but of mixed kinds": ({"a": [{"anything-but": ["x", 1]}]}, "'anything-but'"),
    "$or with one branch": ({"$or": [{"a": [1]}]}, "at least two"),
    "an invalid branch of $or": ({"$or": [{"a": [1]}, {"b": 1}]}, r"\$or\[1\].b"),
}


@pytest.mark.parametrize(("pattern", "said"), INVALID.values(), ids=INVALID.keys())
def test_invalid_pattern(pattern: Any, said: str) -> None:
    with pytest.raises(PatternError, match=said):
        check(pattern)

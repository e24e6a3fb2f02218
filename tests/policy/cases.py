"""Cases of one topic, from tests/cases/policy."""

import json
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parents[1] / "cases" / "policy"
_POLICIES = {"identity", "boundary", "managed", "groups", "principal"}

Case = dict[str, Any]


def cases(topic: str) -> list[Any]:
    """The topic's cases as pytest parameters, named by their sentences."""
    found = json.loads((_FOLDER / f"{topic}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in found]


def policies(case: Case) -> Case:
    """What of a case describes the principal's policies."""
    return {key: value for key, value in case.items() if key in _POLICIES}

"""Sessions of roles that may last longer."""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.rules.longer_sessions import longer_sessions
from tests.policy.account import states
from tests.rules.cases import called, cases, told


@pytest.mark.parametrize("case", cases("longer_sessions"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*longer_sessions(called(case))]) == case["findings"]


def test_a_role_that_cannot_be_read_is_no_excuse() -> None:
    (grave,) = (case.values[0] for case in cases("longer_sessions") if case.id == "longer sessions")
    assert [*longer_sessions(replace(called(grave), after=states()))]

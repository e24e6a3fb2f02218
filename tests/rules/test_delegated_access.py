from typing import Any

import pytest

from lambdas.rules.delegated_access import delegated_access
from tests.rules.cases import called, cases, told


@pytest.mark.parametrize("case", cases("delegated_access"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*delegated_access(called(case))]) == case["findings"]

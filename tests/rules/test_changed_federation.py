from typing import Any

import pytest

from lambdas.rules.changed_federation import changed_federation
from tests.rules.cases import called, cases, told


@pytest.mark.parametrize("case", cases("changed_federation"))
def test_findings(case: dict[str, Any]) -> None:
    found = [*changed_federation(called(case))]
    assert told(found) == case["findings"]
    assert {finding.rule for finding in found} <= {"changed-federation"}

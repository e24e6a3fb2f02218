"""Roles of AWS services, made and deleted."""

from typing import Any

import pytest

from lambdas.rules.service_linked_role import service_linked_role
from tests.rules.cases import called, cases, told


@pytest.mark.parametrize("case", cases("service_linked_role"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*service_linked_role(called(case))]) == case["findings"]

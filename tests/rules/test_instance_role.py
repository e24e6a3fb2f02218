"""Roles that instances get, and lose."""

from dataclasses import replace
from typing import Any

import pytest

from lambdas.rules.instance_role import instance_role
from tests.policy.account import ADMIN, APP, account
from tests.rules.cases import called, cases, told

FOUND = {case.id: case.values[0] for case in cases("instance_role")}


@pytest.mark.parametrize("case", cases("instance_role"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*instance_role(called(case))]) == case["findings"]


def test_an_administrators_role_is_critical_and_says_why() -> None:
    case = called(FOUND["a role for instances"])
    (found,) = instance_role(
        replace(case, after=case.after.joined(account([ADMIN], principal="role")))
    )
    assert told([found]) == [
        [
            "critical",
            "certain",
            "instances with instance profile web act as role app, an administrator",
        ]
    ]
    assert (found.principal, found.because) == (
        APP,
        ('inline policy "0" of role app, statement 1 (Allow * on *)',),
    )

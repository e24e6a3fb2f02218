from typing import Any

import pytest

from lambdas.rules.signed_in import signed_in
from tests.rules.cases import called, cases, told


@pytest.mark.parametrize("case", cases("signed_in"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*signed_in(called(case))]) == case["findings"]


def test_another_call_of_the_root_user_is_no_sign_in() -> None:
    call = {"name": "DeleteAccountAlias", "by": "root", "requestParameters": {"accountAlias": "a"}}
    assert [*signed_in(called({"call": call, "before": None, "after": None}))] == []

"""Rulings on requests. Each case names the page of AWS's documentation that it rests on."""

import pytest

from lambdas.policy.ruling import decide_request
from tests.policy.cases import Case, cases
from tests.policy.requests import asked, policies

TOPICS = (
    "deny",
    "action",
    "resource",
    "conditions",
    "string",
    "numeric",
    "date",
    "bool",
    "null",
    "binary",
    "ip_address",
    "arn",
    "if_exists",
    "sets",
    "variables",
    "boundary",
    "service_control_policy",
    "resource_control_policy",
    "session_policy",
    "resource_policy",
    "not_principal",
    "cross_account",
    "trust",
    "unknown_caller",
)
CASES = [case for topic in TOPICS for case in cases(f"requests/{topic}")]


@pytest.mark.parametrize("case", CASES)
def test_request(case: Case) -> None:
    ruling = decide_request(asked(case), policies(case))
    expected = case.get("errors", [])
    assert ruling.result == case["decision"], ruling
    assert list(ruling.because) == case.get("because", list(ruling.because))
    assert len(ruling.errors) == len(expected), ruling.errors
    assert all(says in error for says, error in zip(expected, ruling.errors, strict=True))


def test_every_case_names_its_page() -> None:
    assert len(CASES) >= 300
    assert not [case.id for case in CASES if ".html" not in case.values[0]["page"]]


def test_a_ruling_always_says_why() -> None:
    rulings = [decide_request(asked(*case.values), policies(*case.values)) for case in CASES]
    assert all(ruling.because for ruling in rulings)

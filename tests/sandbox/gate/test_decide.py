"""The gate's verdicts, which AWS's documentation gives: each case file names its pages."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.gate.decide import Policies, Principal, decide
from sandbox.gate.document import Statement, read
from sandbox.gate.needs.need import Need

CASES = Path(__file__).parents[2] / "cases" / "gate"
ROLE = Principal(
    account="123456789012",
    role="arn:aws:iam::123456789012:role/undo",
    session="arn:aws:sts::123456789012:assumed-role/undo/function",
)


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(CASES.glob("*.json"))
        for case in json.loads(file.read_text())["cases"]
    ]


def statements(raw: list[dict[str, Any]] | None) -> tuple[Statement, ...] | None:
    return None if raw is None else read(json.dumps({"Statement": raw}))


@pytest.mark.parametrize("case", cases())
def test_verdict(case: dict[str, Any]) -> None:
    policies = Policies(
        identity=statements(case["identity"]) or (),
        boundary=statements(case.get("boundary")),
        resource=statements(case.get("resource_policy")),
    )
    need = Need(case["action"], case["resource"])

    decision = decide(ROLE, need, case.get("context", {}), policies)

    assert decision.allowed is (case["verdict"] == "allowed")
    assert decision.reason == case.get("reason", decision.reason)


@pytest.mark.parametrize("file", sorted(CASES.glob("*.json")), ids=lambda file: file.stem)
def test_every_case_file_names_the_pages_of_its_verdicts(file: Path) -> None:
    pages = json.loads(file.read_text())["pages"]
    assert pages
    assert all(page.startswith("https://docs.aws.amazon.com/") for page in pages)

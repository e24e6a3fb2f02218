"""The template's roles before Snapback's own policy engine: whose they could become."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.assess_line import given
from cli.assessed import Assessed
from tests.stacks.synthesized import Template
from tests.stacks.templated import resolved, resolved_boundary

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
SURE = ("| certain |", "| conditional |", "| possible |")
JUDGING = ["CanaryRole", "CrowdsRole", "DecideRole", "EvaluateRole", "SweepRole", "WatchRole"]


def bounding(role: str, template: Template) -> dict[str, Any] | None:
    if role != "UndoRole":
        return None
    return {"Version": "2012-10-17", "Statement": resolved_boundary(role, template)}


def assessed(role: str, template: Template) -> Assessed:
    document = {"Version": "2012-10-17", "Statement": resolved(role, template)}
    name, _ = template.one("AWS::IAM::Role", role)
    return Assessed.of(
        given(
            json.dumps(
                {
                    "id": role,
                    "principal": f"arn:aws:iam::123456789012:role/Snapback-{name}",
                    "identity": [document],
                    "boundary": bounding(role, template),
                }
            )
        )
    )


@pytest.mark.parametrize("role", JUDGING)
def test_who_judges_has_no_way_up(role: str, whole: Template) -> None:
    found = assessed(role, whole)
    assert not found.flagged, found.as_json()


def test_who_undoes_has_exactly_the_ways_that_the_page_names(whole: Template) -> None:
    """The page's words are the engine's, so that a new way up cannot go untold."""
    lines = PAGE.read_text("utf-8").splitlines()
    told = [line for line in lines if line.startswith(SURE)]
    found = assessed("UndoRole", whole)
    assert (found.as_json()["admin"], found.errors) == ("no", ())
    assert sorted(told) == sorted(f"| {way.certainty} | {way.path.says} |" for way in found.ways)

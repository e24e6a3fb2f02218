"""The template's roles before Snapback's own policy engine: whose they could become."""

import json
from pathlib import Path

import pytest

from cli.assess_line import given
from cli.assessed import Assessed
from tests.stacks.synthesized import Template
from tests.stacks.templated import resolved

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
JUDGING = ["CanaryRole", "CrowdsRole", "DecideRole", "EvaluateRole", "SweepRole", "WatchRole"]


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
                    "boundary": None,
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
    told = [line for line in lines if line.startswith(("| certain |", "| possible |"))]
    found = assessed("UndoRole", whole)
    assert (found.as_json()["admin"], found.errors) == ("no", ())
    assert sorted(told) == sorted(f"| {way.certainty} | {way.path.says} |" for way in found.ways)

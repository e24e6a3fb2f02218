"""Every label that a mail can have stands in the runbook, with what to do."""

import re
from pathlib import Path

import pytest

from lambdas.model.incident import Ending
from lambdas.model.severity import Severity
from lambdas.service.central_mail import gravity
from lambdas.service.mails import outcome_label

ROOT = Path(__file__).parents[2]
WRITTEN = (
    r'subject_line\(\s*f?"([A-Z][A-Z ]+)"',
    r"""["']\[([A-Z][A-Z ]+)\]""",
    r'label = "([A-Z ]+)" if',
    r'label = "[A-Z ]+" if .* else "([A-Z ]+)"',
    r'"(CRITICAL, [A-Z ]+: )" if',
)
"""How the code of the mails spells a label that it does not make of a severity or an ending."""


def literal() -> set[str]:
    texts = [each.read_text("utf-8") for each in (ROOT / "lambdas/service").rglob("*.py")]
    return {found for text in texts for how in WRITTEN for found in re.findall(how, text)}


LABELS = {
    *literal(),
    *(str(each).upper() for each in Severity if each.mailed),
    *(outcome_label(each) for each in Ending),
    "STILL CRITICAL",
}


def test_the_code_was_read_right() -> None:
    assert {"DECIDED", "LOW", "ENDED", "REDEPLOYED", "STANDING", "ACCEPTED"} <= literal()
    assert {"CRITICAL, AGAIN: ", "CRITICAL, ACTOR NOT CONTAINED: "} <= literal()


@pytest.mark.parametrize("label", sorted(LABELS))
def test_the_runbook_says_what_to_do_about_it(label: str) -> None:
    rows = (ROOT / "docs/operations.md").read_text("utf-8").splitlines()
    named = f"`[{label}...]`" if label.endswith(": ") else f"`[{label}]`"
    [row] = [each for each in rows if each.startswith("|") and named in each.split("|")[1]]
    assert all(cell.strip() for cell in row.split("|")[1:-1])


@pytest.mark.parametrize("label", sorted(LABELS))
def test_the_central_account_knows_how_bad_it_is(label: str) -> None:
    assert gravity(f"[{label}] eve attached") is not None

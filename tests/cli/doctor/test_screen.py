"""What doctor prints: one screen, and one object for each check."""

from io import StringIO

import pytest
from rich.console import Console

from cli.doctor.screen import as_json, is_well, show, summary
from lambdas.model.check import Check, Health

WELL = Check(name="trails", state=Health.OK, says="all log", why="nothing is heard")
FAULT = Check(
    name="keys",
    state=Health.FAULT,
    says="key [1] is disabled",
    why="no mail can be sent",
    mend=("aws kms enable-key --key-id 1",),
    parts=("1",),
)
UNKNOWN = Check(name="roles", state=Health.UNKNOWN, says="AccessDenied", why="it matters")


def shown(*checks: Check) -> str:
    said = StringIO()
    show(checks, Console(file=said, width=100))
    return said.getvalue()


def test_what_is_well_says_neither_why_it_matters_nor_how_it_is_mended() -> None:
    assert "all log" in shown(WELL)
    assert "nothing is heard" not in shown(WELL)


@pytest.mark.parametrize(
    "said", ["FAULT", "keys", "key [1] is disabled", FAULT.why, f"mend: {FAULT.mend[0]}"]
)
def test_a_fault_says(said: str) -> None:
    assert said in shown(WELL, FAULT)


@pytest.mark.parametrize(
    ("checks", "well", "says"),
    [
        pytest.param((WELL, WELL), True, "All is well: 2 checks.", id="well"),
        pytest.param((WELL, FAULT), False, "1 faults, 0 unknown, 1 well.", id="a fault"),
        pytest.param((WELL, UNKNOWN), False, "0 faults, 1 unknown, 1 well.", id="not known"),
    ],
)
def test_how_it_is(checks: tuple[Check, ...], well: bool, says: str) -> None:
    assert (is_well(checks), summary(checks)) == (well, says)


def test_a_check_for_machines() -> None:
    assert as_json(FAULT) == {
        "name": "keys",
        "state": "fault",
        "says": "key [1] is disabled",
        "why": "no mail can be sent",
        "mend": ["aws kms enable-key --key-id 1"],
        "parts": ["1"],
    }

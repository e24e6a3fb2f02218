"""What people read of a scene: the mails as received, the states, and whether it was meant so."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from rich.console import Console

from cli.playing import Played
from cli.scenes import SCENES
from cli.telling import tell
from sandbox.mail import Mail

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ODD = "[/x] :warning:"


def mail(subject: str) -> Mail:
    return Mail(to="security@example.com", subject=subject, body=f"{ODD}\n--\nfooter\n", at=NOW)


ALERT, OUTCOME = mail("[CRITICAL] eve attached"), mail("[RESTORED] eve attached")
INCIDENT = SimpleNamespace(
    change=SimpleNamespace(actor=ODD),
    verdict=SimpleNamespace(severity="critical", findings=[SimpleNamespace(says=ODD)]),
    outcome=SimpleNamespace(ending="restored"),
)
GOOD = Played(
    scene=SCENES[0],
    incidents=[INCIDENT],
    mails=[ALERT, OUTCOME],
    failures=[],
    before={"attached": [], "inline": {}, "tags": {"a": "b"}},
    attacked={
        "attached": ["AdministratorAccess"],
        "inline": {ODD: '{"x":  1}'},
        "tags": {"a": "b"},
    },
    ended={"attached": [], "inline": {}, "tags": {"a": "b"}},
    equal=True,
)


def told(played: Played) -> str:
    console = Console(file=io.StringIO(), width=150)
    tell(played, 1, console)
    return console.file.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        f"Call     iam:AttachUserPolicy by {ODD}",
        "Verdict  critical",
        "Subject: [RESTORED] eve attached",
        f"{ODD} ",
        f"{ODD}:",
        '{"x":  1}',
        "AdministratorAccess",
        "Ends: restored, as intended",
    ],
)
def test_a_scene_tells(part):
    assert part in told(GOOD)


def test_it_is_said_what_was_compared():
    said = "all users, roles, groups, policies and trails are as before"
    assert said in " ".join(told(GOOD).split())


def test_what_did_not_change_is_not_shown():
    assert not re.search(r"\btags\b", told(GOOD))


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        pytest.param({"failures": [f"Evaluate: {ODD}"]}, f"Failure  Evaluate: {ODD}", id="failure"),
        pytest.param({"equal": False}, "THE ACCOUNT DIFFERS FROM THE ONE BEFORE", id="a rest"),
        pytest.param({"mails": [ALERT]}, "NOT AS INTENDED", id="no outcome told"),
        pytest.param({"mails": [ALERT, ALERT, OUTCOME]}, "NOT AS INTENDED", id="told twice"),
        pytest.param({"incidents": []}, "Ends: alerted, NOT AS INTENDED", id="no incident"),
        pytest.param({"mails": [], "incidents": []}, "Ends: none, NOT AS INTENDED", id="nothing"),
    ],
)
def test_a_scene_that_is_not_as_intended(changes, part):
    played = replace(GOOD, **changes)
    assert part in told(played)
    assert "NOT AS INTENDED" in told(played)
    assert not played.as_intended


def test_a_scene_in_which_nothing_is_put_back():
    assert "nothing was to be put back" in told(replace(GOOD, equal=None))


def test_machines_get_what_was_seen():
    assert replace(GOOD, incidents=[]).as_json()["verdict"] is None
    assert GOOD.as_json() == {
        "scene": SCENES[0].title,
        "call": "iam:AttachUserPolicy",
        "verdict": "critical",
        "findings": [ODD],
        "alerts": 1,
        "outcomes": 1,
        "outcome": "restored",
        "equal": True,
    }

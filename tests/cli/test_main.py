"""The command line: exit codes, what goes where, and foreign text that stays as it is."""

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import baseline as live
from cli import demo as stage
from cli.counted import Counted
from cli.main import app
from cli.recorded import Unreadable
from sandbox.deployment import DeploymentError

RUNNER = CliRunner()
README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def events(tmp_path):
    (tmp_path / "events.jsonl").write_text("{}", "utf-8")
    return str(tmp_path / "events.jsonl")


@pytest.mark.parametrize(("good", "code"), [(True, 0), (False, 1)], ids=["good", "bad"])
def test_the_exit_code_of_scenes(monkeypatch, good, code):
    monkeypatch.setattr(stage, "scenes", lambda *_, as_json: good and not as_json)
    assert RUNNER.invoke(app, ["demo"]).exit_code == code


@pytest.mark.parametrize(
    ("counted", "code"),
    [
        pytest.param(Counted(), 0, id="all good"),
        pytest.param(Counted(unreadable=[Unreadable(1, "not JSON")]), 1, id="an unreadable line"),
        pytest.param(Counted(errors=["it broke"]), 1, id="an error"),
    ],
)
def test_the_exit_code_of_recorded_events(monkeypatch, events, counted, code):
    monkeypatch.setattr(stage, "recorded", lambda *_, **__: counted)
    assert RUNNER.invoke(app, ["demo", "--events", events]).exit_code == code


def test_a_file_that_is_not_there_is_named_before_anything_is_deployed():
    done = RUNNER.invoke(app, ["demo", "--events", "/nope/[/bold]x"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "snapback: [Errno 2]" in done.stderr
    assert "'/nope/[/bold]x'" in done.stderr


def test_what_cannot_be_deployed_is_told_as_it_is(monkeypatch):
    def refuse(*_, as_json):
        raise DeploymentError(f"[/x] cannot be made, {as_json=}")

    monkeypatch.setattr(stage, "scenes", refuse)
    done = RUNNER.invoke(app, ["demo", "--json"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "[/x] cannot be made, as_json=True" in done.stderr


def test_the_demo_looks_up_no_profile(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nope")
    monkeypatch.setattr(stage, "scenes", lambda *_, **__: "AWS_PROFILE" not in os.environ)
    assert RUNNER.invoke(app, ["demo"]).exit_code == 0


def test_baseline_tells_people(monkeypatch):
    monkeypatch.setattr(live, "baseline", lambda _: dict.fromkeys(live.SAYS, 7))
    done = RUNNER.invoke(app, ["baseline"])
    assert done.exit_code == 0
    assert done.stdout.startswith("7 subjects read\n7 owed alerts sent\n7 changes that no event")


def test_baseline_tells_machines(monkeypatch):
    monkeypatch.setattr(live, "baseline", lambda region: {"subjects": len(region)})
    done = RUNNER.invoke(app, ["baseline", "--json", "--region", "cn-north-1"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"subjects": 10})


def test_baseline_that_fails_is_told(monkeypatch):
    def refuse(region):
        raise live.BaselineError(f"[/x] no stack in {region}")

    monkeypatch.setattr(live, "baseline", refuse)
    done = RUNNER.invoke(app, ["baseline"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "snapback: [/x] no stack in us-east-1" in done.stderr


def test_the_version():
    done = RUNNER.invoke(app, ["--version"])
    assert (done.exit_code, done.stdout.split()[0]) == (0, "snapback")


def test_the_help_says_what_happens_to_envelopes():
    said = " ".join(RUNNER.invoke(app, ["demo", "--help"], env={"COLUMNS": "400"}).stdout.split())
    assert "envelope of the sandbox's account and region" in said


def test_every_command_of_the_readme_is_there():
    named = {command.name or command.callback.__name__ for command in app.registered_commands}
    named |= {group.typer_instance.info.name for group in app.registered_groups}
    written = set(re.findall(r"(?:`|bin/)snapback ([a-z]+)", README.read_text("utf-8")))
    assert written <= named
    assert {"doctor", "sandbox"} <= named

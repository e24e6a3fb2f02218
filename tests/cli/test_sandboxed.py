"""How commands find the sandbox that another process keeps."""

import json
import os

import pytest

from cli import sandboxed
from cli.sandboxed import NoSandboxError, found_by_others, use

VARIABLES = {"AWS_ENDPOINT_URL": "http://localhost:1", "AWS_ACCESS_KEY_ID": "AKIAOLGA"}


@pytest.fixture
def place(monkeypatch, tmp_path):
    monkeypatch.setattr(sandboxed.typer, "get_app_dir", lambda name: str(tmp_path / name))
    for name in (*VARIABLES, "AWS_PROFILE"):
        monkeypatch.setenv(name, "of somebody else")
    return tmp_path / "snapback" / "sandbox.json"


def test_a_running_sandbox_is_used(place):
    with found_by_others(VARIABLES):
        use()
        assert {name: os.environ[name] for name in VARIABLES} == VARIABLES
        assert "AWS_PROFILE" not in os.environ


def test_only_its_owner_can_read_where_it_is(place):
    with found_by_others(VARIABLES) as told:
        assert told == place
        assert place.stat().st_mode & 0o777 == 0o600


def test_after_its_end_there_is_none(place):
    with found_by_others(VARIABLES):
        pass
    with pytest.raises(NoSandboxError, match="snapback sandbox"):
        use()


def test_one_that_died_is_none(place):
    place.parent.mkdir()
    place.write_text(json.dumps({"process": 2**22 + 1, "variables": VARIABLES}))
    with pytest.raises(NoSandboxError):
        use()
    assert os.environ["AWS_ENDPOINT_URL"] == "of somebody else"


@pytest.mark.parametrize("text", ["", "{}", "no JSON"])
def test_what_is_no_note_of_a_sandbox_is_none(place, text):
    place.parent.mkdir()
    place.write_text(text)
    with pytest.raises(NoSandboxError):
        use()

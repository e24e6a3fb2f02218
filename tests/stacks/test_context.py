"""The settings are read as they were written: null is a mistake, and not a key left out."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lambdas.settings import SettingsError
from stacks.context import chosen

ROOT = Path(__file__).parents[2]
ONE = {"alertEmails": ["a@example.com"]}


def given(snapback: Any) -> dict[str, str]:
    return {"CDK_CONTEXT_JSON": json.dumps({"snapback": snapback})}


def test_the_command_line_goes_before_the_file() -> None:
    assert chosen(given(ONE)).alert_emails == ("a@example.com",)


def test_what_is_too_long_for_a_variable_is_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "context.json"
    file.write_text(json.dumps({"snapback": ONE}), "utf-8")
    environ = {"CDK_CONTEXT_JSON": "{}", "CONTEXT_OVERFLOW_LOCATION_ENV": str(file)}
    assert chosen(environ).alert_emails == ("a@example.com",)


def test_without_the_command_line_the_file_holds_and_names_nobody() -> None:
    with pytest.raises(SettingsError, match="alertEmails is empty"):
        chosen({})


@pytest.mark.parametrize(
    ("snapback", "says"),
    [
        pytest.param({**ONE, "responce": None}, "responce is no key", id="an unknown key"),
        pytest.param({**ONE, "response": None}, "response is None", id="a response"),
        pytest.param({**ONE, "trustedActors": None}, "trustedActors is None", id="a list"),
        pytest.param({**ONE, "homeRegion": None}, "homeRegion is None", id="a region"),
        pytest.param({"alertEmails": None}, "alertEmails is None", id="the addresses"),
        pytest.param(None, "the whole is None", id="the whole"),
        pytest.param([], "the whole is []", id="a list in place of the whole"),
        pytest.param(False, "the whole is False", id="false in place of the whole"),
        pytest.param("", "the whole is ''", id="no text in place of the whole"),
    ],
)
def test_null_is_a_mistake(snapback: Any, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        chosen(given(snapback))
    assert says in str(caught.value)


def test_the_app_names_what_is_null() -> None:
    environ = {**os.environ, **given({**ONE, "responce": None, "trustedActors": None})}
    done = subprocess.run(
        [sys.executable, "app.py"],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env=environ,
        text=True,
    )
    assert done.returncode == 1
    assert "responce is no key" in done.stderr
    assert "trustedActors is None" in done.stderr
    assert "Traceback" not in done.stderr

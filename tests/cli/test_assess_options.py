"""`snapback assess`: options that would leave something out are refused, and so are ids twice."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app

RUNNER = CliRunner()
_READ = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--account", "a", "lines"], "FILE", id="an account and a file"),
        pytest.param(["--account", "a", "--before", "b"], "--before", id="an account and a delta"),
        pytest.param(["--account", "a", "--flagged"], "--flagged", id="an account, flagged"),
        pytest.param(["--before", "b", "--flagged"], "--flagged", id="a delta, flagged"),
    ],
)
def test_what_would_be_left_out_is_refused(arguments: list[str], says: str) -> None:
    done = RUNNER.invoke(app, ["assess", *arguments], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{arguments[0]} does not go with {says}" in done.stderr


def _compared(tmp_path: Path, *ids: object) -> tuple[int, list[dict[str, object]]]:
    before = tmp_path / "before.jsonl"
    lines = [{"id": each, "identity": [_READ] if at == 0 else []} for at, each in enumerate(ids)]
    before.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    after = json.dumps({"id": ids[0], "identity": [_READ]})
    done = RUNNER.invoke(app, ["assess", "--before", str(before)], input=after)
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_ids_that_differ_are_told_apart(tmp_path: Path) -> None:
    code, (found,) = _compared(tmp_path, 1, "1")
    assert (code, found["gave"], found["known"]) == (0, [], True)


def test_an_id_twice_in_the_lines_before_is_told_and_the_first_holds(tmp_path: Path) -> None:
    code, (mistake, found) = _compared(tmp_path, 1, 1)
    assert (code, mistake["line"], found["gave"]) == (1, 2, [])
    assert mistake["error"] == "the id 1 stands on an earlier line, which holds"

"""Bytecode: only from an interpreter that really runs; without one, its cost is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stacks import bytecode


@pytest.fixture
def asked_again() -> Iterator[None]:
    bytecode.interpreter.cache_clear()
    yield
    bytecode.interpreter.cache_clear()


@pytest.mark.usefixtures("asked_again")
def test_without_an_interpreter_the_cost_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bytecode, "RUNTIME", "3.999")
    assert bytecode.interpreter() is None
    assert "compile their code at each cold start" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("script", "runs"),
    [
        pytest.param("echo 3.13", True, id="it runs and is the runtime's"),
        pytest.param("echo 3.12", False, id="another version"),
        pytest.param("echo 3.13; exit 127", False, id="a shim of a version that is not installed"),
    ],
)
def test_a_command_counts_only_if_it_runs(script: str, runs: bool, tmp_path: Path) -> None:
    command = tmp_path / "python3.13"
    command.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    command.chmod(0o755)
    assert bytecode._runs(str(command)) is runs


def test_a_command_that_is_not_there_does_not_run(tmp_path: Path) -> None:
    assert not bytecode._runs(str(tmp_path / "python3.13"))

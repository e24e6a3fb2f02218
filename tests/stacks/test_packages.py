"""The packages that travel: installed once, pure, and those that the tests run with."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from stacks import packages
from stacks.packages import ImpurePackageError, installed

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)


def test_what_travels_is_what_is_tested() -> None:
    tested = PIN.findall((ROOT / "requirements.txt").read_text("utf-8"))
    travelling = PIN.findall(packages.LOCK.read_text("utf-8"))
    assert travelling != []
    assert [pin for pin in travelling if pin not in tested] == []


def test_no_package_is_the_sdk_or_needs_a_compiler() -> None:
    names = {name for name, _ in PIN.findall(packages.LOCK.read_text("utf-8"))}
    assert names == {"aws-lambda-powertools", "dacite", "jmespath", "typing-extensions"}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """The commands that were run; each leaves one package, a command and an installer's file."""
    made: list[Any] = []

    def run(command: list[str], **_: Any) -> None:
        made.append(command)
        folder = Path(command[-1])
        for name in ("bin/jp.py", "some/__init__.py", "some-1.dist-info/RECORD"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("", "utf-8")
        (folder / "some-1.dist-info" / "METADATA").write_text("", "utf-8")

    monkeypatch.setattr(packages, "_CACHE", tmp_path)
    monkeypatch.setattr(subprocess, "run", run)
    return made


def test_they_are_installed_once(calls: list[Any]) -> None:
    assert installed(None) == installed(None)
    [command] = calls
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:"} <= {*command}


@pytest.mark.usefixtures("calls")
def test_what_only_an_installer_needs_is_left_out() -> None:
    folder = installed(None)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {"some/__init__.py", "some-1.dist-info/METADATA"}


def test_machine_code_is_refused_and_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def run(command: list[str], **_: Any) -> None:
        Path(command[-1]).mkdir()
        (Path(command[-1]) / "fast.cpython-313.so").write_bytes(b"")

    monkeypatch.setattr(packages, "_CACHE", tmp_path)
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(ImpurePackageError, match="fast"):
        installed(None)
    assert list(tmp_path.iterdir()) == []

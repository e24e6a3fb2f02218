"""The asset: small, pure, equal for equal inputs, and complete."""

import subprocess
import sys
from pathlib import Path

import pytest

from stacks.asset import build, fingerprint, zip_size
from stacks.bytecode import interpreter
from tests.stacks.synthesized import app_with, stack

THREE_MEGABYTES = 3_000_000
IMPORTS = "import sys; sys.path.insert(0, sys.argv[1]); import aws_lambda_powertools, dacite; "


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The asset as AWS Lambda is to see it."""
    folder = tmp_path_factory.mktemp("built")
    build(folder, "{}")
    return folder


def test_the_zip_is_small(built: Path) -> None:
    assert 0 < zip_size(built) <= THREE_MEGABYTES


def test_two_builds_are_equal(built: Path, tmp_path: Path) -> None:
    build(tmp_path, "{}")
    assert content(built) == content(tmp_path)
    assert zip_size(built) == zip_size(tmp_path)


def test_it_holds_the_code_the_packages_and_the_settings_only(built: Path) -> None:
    names = {path.name.partition("-")[0] for path in built.iterdir()} - {"__pycache__"}
    assert names == {
        "aws_lambda_powertools",
        "dacite",
        "jmespath",
        "lambdas",
        "settings.json",
        "typing_extensions",
        "typing_extensions.py",
    }


def test_it_runs_where_nothing_else_is_installed(built: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{IMPORTS} import lambdas.settings", str(built)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_bytecode_is_included_where_it_can_be_made(built: Path) -> None:
    sources = {path.stem for path in (built / "lambdas" / "model").glob("*.py")}
    compiled = {
        path.name.partition(".")[0] for path in (built / "lambdas" / "model").rglob("*.pyc")
    }
    assert compiled == (sources if interpreter() else set())


def test_two_syntheses_name_the_same_asset(tmp_path: Path) -> None:
    assert asset_key(tmp_path / "one") == asset_key(tmp_path / "two")


@pytest.mark.parametrize(
    "other",
    [pytest.param("{}", id="settings in a file"), pytest.param('{"a":1}', id="other settings")],
)
def test_other_settings_are_another_asset(other: str) -> None:
    assert fingerprint(other) not in {fingerprint(None), fingerprint(f"{other} ")}


def test_other_sources_are_another_asset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stacks.asset._LAMBDAS", tmp_path)
    monkeypatch.setattr("stacks.asset.LOCK", tmp_path / "requirements.txt")
    (tmp_path / "requirements.txt").write_text("a==1", "utf-8")
    (tmp_path / "a.py").write_text("1", "utf-8")
    seen = [fingerprint(None)]
    (tmp_path / "a.py").write_text("2", "utf-8")
    seen.append(fingerprint(None))
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    seen.append(fingerprint(None))
    (tmp_path / "requirements.txt").write_text("a==2", "utf-8")
    seen.append(fingerprint(None))
    assert len({*seen}) == len(seen)


def asset_key(folder: Path) -> str:
    app = app_with({}, outdir=str(folder))
    stack(app)
    template = app.synth().get_stack_by_name("Snapback").template
    functions = [each for each in template["Resources"].values() if "Handler" in str(each)]
    [key] = {each["Properties"]["Code"]["S3Key"] for each in functions}
    return str(key)


def content(folder: Path) -> dict[Path, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}

"""`snapback config regions`: what is looked up, what is written, and what cannot be."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from typer.testing import CliRunner

from cli import regions
from cli.main import app

RUNNER = CliRunner()
SHIPPED = Path(__file__).parents[2] / "cdk.json"
ENABLED = ["us-east-1", "eu-west-1", "ap-south-1"]


@pytest.fixture
def ec2(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """AWS, which says what the test tells it to, in the region that is asked."""
    client = boto3.client(
        "ec2", "us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )
    with Stubber(client) as stubbed:
        monkeypatch.setattr(boto3.session.Session, "client", lambda *_: client)
        yield stubbed


def enabled(stubbed: Stubber, *names: str) -> None:
    found = {"Regions": [{"RegionName": name} for name in names]}
    stubbed.add_response("describe_regions", found, {"AllRegions": False})


def written(tmp_path: Path, listed: Any) -> Path:
    content = json.loads(SHIPPED.read_text("utf-8"))
    content["context"]["snapback"]["regions"] = listed
    file = tmp_path / "cdk.json"
    file.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    return file


def run(file: Path, *more: str) -> Any:
    return RUNNER.invoke(app, ["config", "regions", "--file", str(file), *more])


def test_all_enabled_regions_but_the_home_are_listed(tmp_path: Path, ec2: Stubber) -> None:
    enabled(ec2, *ENABLED)
    file = written(tmp_path, ["af-south-1", "eu-west-1"])
    done = run(file)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Added: ap-south-1\nRemoved: af-south-1\n2 further regions are listed" in done.stdout
    assert file.read_text("utf-8") == written(tmp_path, ["ap-south-1", "eu-west-1"]).read_text(
        "utf-8"
    )


def test_what_is_shipped_is_spelled_as_it_would_be_written(tmp_path: Path, ec2: Stubber) -> None:
    enabled(ec2, "us-east-1")
    file = tmp_path / "cdk.json"
    file.write_bytes(SHIPPED.read_bytes())
    assert run(file).exit_code == 0
    assert file.read_bytes() == SHIPPED.read_bytes()


def test_a_list_as_it_should_be_is_well(tmp_path: Path, ec2: Stubber) -> None:
    enabled(ec2, *ENABLED)
    done = run(written(tmp_path, ["eu-west-1", "ap-south-1"]), "--check")
    assert (done.exit_code, done.output) == (0, "")


def test_a_check_names_each_fault_with_what_mends_it(tmp_path: Path, ec2: Stubber) -> None:
    enabled(ec2, *ENABLED)
    file = written(tmp_path, ["af-south-1", "eu-west-1"])
    before = file.read_bytes()
    done = run(file, "--check")
    assert (done.exit_code, file.read_bytes()) == (1, before)
    disabled, missing = done.stderr.splitlines()
    assert "regions lists af-south-1, which is not enabled for this account" in disabled
    assert "aws account enable-region --region-name af-south-1" in disabled
    assert "ap-south-1 is enabled and not listed under regions" in missing


def test_who_may_not_ask_is_told_what_it_takes(tmp_path: Path, ec2: Stubber) -> None:
    ec2.add_client_error("describe_regions", "UnauthorizedOperation", "You are not authorized")
    done = run(written(tmp_path, []))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "You are not authorized" in done.stderr
    assert "may ec2:DescribeRegions" in done.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("{", "cannot be read as JSON", id="no JSON"),
        pytest.param("[]", "has no settings", id="a list"),
        pytest.param('{"context": {}}', "has no settings", id="no settings"),
        pytest.param(
            '{"context": {"snapback": {"regions": "all"}}}', "has no settings", id="a text"
        ),
    ],
)
def test_what_is_no_cdk_json_is_named(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "cdk.json"
    file.write_text(text, "utf-8")
    done = run(file)
    assert done.exit_code == 2
    assert f"{file} {says}" in done.stderr.replace("\n", "")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, [])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "write_text", _refused)
        with pytest.raises(regions.ConfigError, match="cannot be written"):
            regions.write(file, ())


def _refused(*_: object) -> None:
    raise PermissionError("read-only")
